"""All TypeScript that a check produced, compiled in one program under ``strict``; each error at the thing it is of."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.runtime.typescript import CompilerError, TypeChecker
from workbench.session.check import Item
from workbench.verdict import AttributeWitness, Different, Equivalent, Step, Undecided, Verdict

METHOD = "TypeScript compiler"
KIND = "typescript"


@dataclass(frozen=True)
class Module:
    """The module of a queryset or of a statement: ``thing`` is the id of its item."""

    thing: str
    code: str
    origin: Origin | None = None


@dataclass(frozen=True)
class Batch(Item):
    """What the compiler says of one program: its modules of queries, each text counted once, and all its errors."""

    modules: int = 0
    errors: int = 0

    def as_record(self) -> dict[str, object]:
        """The item of ``workbench check --json``, with these numbers."""
        return {**super().as_record(), "modules": self.modules, "errors": self.errors}


def compiled(
    name: str, files: Mapping[str, str], modules: Iterable[Module], dialect: Dialect, checker: TypeChecker
) -> Batch:
    """One program of the schema's ``files`` and the modules; a text that several have is compiled once."""
    started = time.perf_counter()
    by_text: dict[str, list[Module]] = {}
    for module in modules:
        by_text.setdefault(module.code, []).append(module)
    paths = {f"workbench-{number}.ts": text for number, text in enumerate(by_text)}
    verdict: Verdict
    errors: tuple[CompilerError, ...] = ()
    try:
        errors = checker.check({**files, **paths}, dialect)
        verdict = _verdict(errors, {path: by_text[text] for path, text in paths.items()}, len(files))
    except WorkbenchError as fault:
        verdict = Undecided(METHOD, tuple(f"{note.thing}: {note.fact}" for note in fault.diagnostics))
    found = tuple(note for error in errors for note in notes(error, by_text.get(paths.get(error.file, ""), [])))
    spent = (time.perf_counter() - started) * 1000
    return Batch(name, KIND, verdict, None, found, spent, len(paths), len(errors))


def _verdict(errors: tuple[CompilerError, ...], modules: Mapping[str, list[Module]], schema: int) -> Verdict:
    if not errors:
        rule = f"{len(modules)} modules and the schema's {schema} compile in one program under strict"
        return Equivalent(METHOD, (Step(rule),))
    return Different(METHOD, tuple(_witness(error, modules.get(error.file, [])) for error in errors))


def _witness(error: CompilerError, having: list[Module]) -> AttributeWitness:
    place = f"{having[0].thing} line {error.line}" if having else f"{error.file}:{error.line}"
    return AttributeWitness(place, f"TS{error.code}", "", error.message)


def notes(error: CompilerError, having: list[Module]) -> Iterable[Diagnostic]:
    """The error, at each thing whose module has it; one of the schema's own modules stands at its file."""
    for module in having:
        line = module.code.splitlines()[error.line - 1].strip()
        place = module.origin or Origin(module.thing)
        yield Diagnostic("typescript-error", place, line, f"TS{error.code}: {error.message}", "", Fidelity.ERROR)
    if not having:
        place = Origin(error.file, error.file, error.line)
        yield Diagnostic("typescript-error", place, error.file, f"TS{error.code}: {error.message}", "", Fidelity.ERROR)
