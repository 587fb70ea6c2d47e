"""What ``workbench check --recorded`` runs: the recording read, the executor chosen, the project asked where given."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.queries.recording import Recording, read_recording
from workbench.runtime.joining import joining_of, write
from workbench.runtime.own_reading import OwnDatabase
from workbench.runtime.recording import parts_of, refuse_running
from workbench.session.recorded.check import RecordedCheck, check_recording
from workbench.session.recorded.own import RecordedOwn
from workbench.session.recorded.project import compiled_again
from workbench.session.recorded.results import Results
from workbench.session.recorded.schema import schemas_of
from workbench.session.recorded.typescript import with_typescript

if TYPE_CHECKING:
    from workbench.session.workbench import Workbench

_SCHEME = "dask://"


def check_recorded(
    file: Path, jobs: int, executor: str | None, shop: Workbench | None, own: OwnDatabase | None = None
) -> RecordedCheck:
    """Judges a recording; with its project (``shop``) in the project's dialect, where its queries were kept.

    ``own``: a database of the user's without a project; an opened project brings its own.
    """
    start = None if executor is None else _cluster(executor)
    recording, results = _recording(file), Results()
    changed, schemas = (recording, schemas_of(recording)) if shop is None else compiled_again(recording, shop)
    check = with_typescript(check_recording(changed, jobs, start, results, schemas), schemas, results)
    if shop is None:
        return check if own is None else RecordedOwn.alone(own).asked(check, schemas)
    asked = check if shop.own is None else RecordedOwn.beside(shop.own).asked(check, schemas)
    shop.agent.close()
    return asked


def _recording(file: Path) -> Recording:
    """The file's; what a killed `record` left behind is joined first."""
    parts = parts_of(file)
    if not file.exists() and parts.is_dir():
        refuse_running(parts)
        write(joining_of(parts), file, (), redact=False)
    return read_recording(file)


def _cluster(url: str) -> Callable[[], Executor]:
    """The executor of an existing Dask cluster: ``dask://HOST:PORT``."""
    if not url.startswith(_SCHEME):
        raise _refused(url, "an executor is given as dask://HOST:PORT")
    try:
        from distributed import Client
    except ImportError:
        raise _refused(url, "the package distributed is not installed: pip install distributed") from None
    client = Client(url.replace(_SCHEME, "tcp://"), timeout=10)  # type: ignore[no-untyped-call, unused-ignore]
    return client.get_executor  # type: ignore[no-any-return, unused-ignore]


def _refused(thing: str, fact: str) -> WorkbenchError:
    return WorkbenchError(Diagnostic("executor-refused", Origin("--executor"), thing, fact, "", Fidelity.ERROR))
