"""Decides a file of pairs, one JSON object a line, as ``workbench equiv`` reads and writes them."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, WorkbenchError
from workbench.equivalence.across import decide_across
from workbench.equivalence.answers import as_json
from workbench.equivalence.decide import decide
from workbench.equivalence.fuse import OutOfTime, fuse
from workbench.equivalence.pairs import Pair, id_of, read_pair
from workbench.equivalence.schemas import EngineFactory, Opened, Schemas
from workbench.verdict import Undecided, Verdict

_OF_THE_BUDGET = 0.9  # for the rungs; the rest is for putting an answer together
NOT_DECIDED = "ladder"
NOT_READ, DEFECT = "none", "defect"  # methods of a verdict on a pair that nobody could decide
_LOG = logging.getLogger(__name__)


def decide_pairs(lines: Iterable[str], engine_factory: EngineFactory, budget: float = 10.0) -> Iterator[dict[str, Any]]:
    """One answer for each line, in order. A pair that cannot be read is undecided and says why.

    ``budget`` in seconds for one pair. Scratch databases of the schemas seen last are kept for the next pairs.
    """
    schemas = Schemas(engine_factory)
    try:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _answer(line, number, schemas, budget)
    finally:
        schemas.close()


def _answer(line: str, number: int, schemas: Schemas, budget: float) -> dict[str, Any]:
    started = time.perf_counter()
    times: dict[str, float] = {}
    name: Any = None
    ignored: tuple[str, ...] = ()
    try:
        pair = read_pair(line, number)
        name, ignored = pair.id, pair.ignored
        verdict = _decide(pair, schemas, budget, times)
    except WorkbenchError as error:
        verdict = Undecided(NOT_READ, tuple(map(_sentence, error.diagnostics)))
    except RecursionError:
        verdict = Undecided(NOT_READ, (f"line {number}: the pair: nested too deeply",))
    except Exception as error:  # the rest of the batch goes on; the command ends with the code of our own fault
        _LOG.exception("line %d", number)
        verdict = Undecided(DEFECT, (f"a defect of the workbench: {type(error).__name__}: {error}",))
    times["total"] = (time.perf_counter() - started) * 1000
    return as_json(_name(name, line, number), verdict, times, ignored)


def _name(name: str | int | None, line: str, number: int) -> str | int:
    found = name if name is not None else id_of(line)
    return number if found is None else found


def _sentence(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.place}: {diagnostic.thing}: {diagnostic.fact}"


def _decide(pair: Pair, schemas: Schemas, budget: float, times: dict[str, float]) -> Verdict:
    """The rungs keep to the budget by themselves, as far as they look at the clock; the fuse is for the rest."""
    started = time.perf_counter()  # not within the budget: a schema is opened for all its pairs
    opened = {dialect: schemas.open(pair.schema, dialect) for dialect in dict.fromkeys(pair.dialects)}
    times["schema"] = (time.perf_counter() - started) * 1000
    try:
        with fuse(budget):
            verdict = (_on_one if len(opened) == 1 else _across)(opened, pair, budget * _OF_THE_BUDGET, times)
    except OutOfTime:
        schemas.close()  # whatever was interrupted is not used again
        return Undecided(NOT_DECIDED, (f"the budget of {budget:g} s ran out",))
    reasons = [held.reason for held in opened.values() if held.reason]
    return _with_reason(verdict, "; ".join(reasons)) if reasons else verdict


def _on_one(opened: dict[Dialect, Opened], pair: Pair, budget: float, times: dict[str, float]) -> Verdict:
    dialect = pair.dialects[0]
    return decide(
        pair.left,
        pair.right,
        opened[dialect].catalog,
        dialect=dialect,
        scratch=opened[dialect].scratch,
        left_params=pair.params[0],
        right_params=pair.params[1],
        budget=budget,
        times=times,
    )


def _across(opened: dict[Dialect, Opened], pair: Pair, budget: float, times: dict[str, float]) -> Verdict:
    """Each side on its own database."""
    catalogs = {dialect: held.catalog for dialect, held in opened.items()}
    scratches = {dialect: held.scratch for dialect, held in opened.items() if held.scratch is not None}
    texts = (pair.left, pair.right)
    return decide_across(texts, pair.dialects, catalogs, scratches, pair.params, budget=budget, times=times)


def _with_reason(verdict: Verdict, reason: str) -> Verdict:
    """Why nothing was run stands beside what was found without."""
    if isinstance(verdict, Undecided):
        return replace(verdict, reasons=(*verdict.reasons, reason))
    return replace(verdict, assumptions=(*verdict.assumptions, f"not executed: {reason}"))
