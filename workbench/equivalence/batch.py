"""Decides a file of pairs, one JSON object a line, as ``workbench equiv`` reads and writes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Catalog, Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.decide import decide
from workbench.equivalence.engine import Engine, Scratch
from workbench.verdict import Different, Undecided, Verdict

EngineFactory = Callable[[Dialect], Engine | None]
_REQUIRED = ("id", "schema", "left", "right")
_DIALECTS: tuple[Dialect, ...] = ("postgres", "sqlite")


def decide_pairs(lines: Iterable[str], engine_factory: EngineFactory, budget: float = 10.0) -> Iterator[dict[str, Any]]:
    """One answer for each line, in order. A pair that cannot be read is undecided and says why.

    ``budget`` in seconds for one pair. The scratch database of the last schema is kept for the next pair.
    """
    cache = _Cache(engine_factory)
    try:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _answer(line, number, cache, budget)
    finally:
        cache.close()


def _answer(line: str, number: int, cache: _Cache, budget: float) -> dict[str, Any]:
    times: dict[str, float] = {}
    name: Any = number
    try:
        pair = _read(line, number)
        name = pair["id"]
        verdict = _decide(pair, cache, budget, times)
    except WorkbenchError as error:
        verdict = Undecided("none", tuple(_line(d) for d in error.diagnostics))
    except RecursionError:
        verdict = Undecided("none", ("nested too deeply",))
    return as_json(name, verdict, times)


def _line(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.place}: {diagnostic.thing}: {diagnostic.fact}"


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        pair = json.loads(line)
    except json.JSONDecodeError as error:
        raise _refuse(number, "not JSON", error.msg) from error
    if not isinstance(pair, dict):
        raise _refuse(number, "pair", "not a JSON object")
    for key in _REQUIRED:
        if key not in pair:
            raise _refuse(number, key, "the pair lacks this key")
        if key != "id" and not isinstance(pair[key], str):
            raise _refuse(number, key, "not a text")
    return pair


def _refuse(number: int, thing: str, fact: str) -> WorkbenchError:
    return WorkbenchError(Diagnostic("pair.unreadable", Origin(f"line {number}"), thing, fact, fidelity=Fidelity.ERROR))


def _decide(pair: dict[str, Any], cache: _Cache, budget: float, times: dict[str, float]) -> Verdict:
    dialects = pair.get("dialects") or {}
    left, right = (_dialect(dialects.get(side) or pair.get("dialect") or "postgres") for side in ("left", "right"))
    if left != right:
        reason = f"the sides run on two databases ({left}, {right}): no rule compares their differences yet"
        return Undecided("none", (reason,))
    catalog, scratch, reason = cache.schema(pair["schema"], left)
    params = pair.get("params") or {}
    verdict = decide(
        pair["left"],
        pair["right"],
        catalog,
        dialect=left,
        scratch=scratch,
        left_params=params.get("left"),
        right_params=params.get("right"),
        budget=budget,
        times=times,
    )
    if reason and isinstance(verdict, Undecided):
        return Undecided(verdict.method, (*verdict.reasons, reason), verdict.assumptions, verdict.tried)
    return verdict


def _dialect(name: object) -> Dialect:
    for known in _DIALECTS:
        if name == known:
            return known
    place, fact = Origin("dialect"), f"not a dialect; one of {', '.join(_DIALECTS)}"
    raise WorkbenchError(Diagnostic("pair.unreadable", place, str(name), fact, fidelity=Fidelity.ERROR))


class _Cache:
    """The catalog and the scratch database of the schema last seen: a file usually has few."""

    def __init__(self, factory: EngineFactory) -> None:
        self.factory = factory
        self.engines: dict[Dialect, Engine | None] = {}
        self.key: tuple[str, Dialect] | None = None
        self.held: tuple[Catalog, Scratch | None, str] | None = None

    def schema(self, ddl: str, dialect: Dialect) -> tuple[Catalog, Scratch | None, str]:
        """Catalog, scratch database, and why there is no database where there is none."""
        if self.key != (ddl, dialect) or self.held is None:
            self.close()
            catalog = read_ddl(ddl, dialect)
            self.held = (catalog, *self._scratch(catalog, dialect))
            self.key = (ddl, dialect)
        return self.held

    def _scratch(self, catalog: Catalog, dialect: Dialect) -> tuple[Scratch | None, str]:
        if dialect not in self.engines:
            self.engines[dialect] = self.factory(dialect)
        engine = self.engines[dialect]
        if engine is None:
            return None, f"no {dialect} database to run on"
        try:
            return engine.create(catalog), ""
        except WorkbenchError as error:
            return None, f"the database refuses the schema: {_line(error.diagnostics[0])}"

    def close(self) -> None:
        if self.held is not None and self.held[1] is not None:
            self.held[1].close()
        self.held = self.key = None


def as_json(name: object, verdict: Verdict, times: dict[str, float] | None = None) -> dict[str, Any]:
    """A verdict in the form of ``workbench equiv``'s output; ``ms``: milliseconds by rung, and their total."""
    spent = {rung: round(ms, 3) for rung, ms in (times or {}).items()}
    return {
        "id": name,
        "verdict": verdict.word,
        "method": verdict.method,
        "assumptions": list(verdict.assumptions),
        "bounded_rows": verdict.tried.bounded_rows,
        "databases_tried": verdict.tried.databases,
        "witness": _witness(verdict),
        "reasons": list(verdict.reasons) if isinstance(verdict, Undecided) else [],
        "ms": {**spent, "total": round(sum(spent.values()), 3)},
    }


def _witness(verdict: Verdict) -> dict[str, Any] | None:
    if not isinstance(verdict, Different):
        return None
    found: Any = verdict.witnesses[0]
    return {
        "database": [
            {"table": t.table, "columns": list(t.columns), "rows": [list(r) for r in t.rows]} for t in found.database
        ],
        "parameters": list(found.parameters),
        "left": {"columns": list(found.left.columns), "rows": [list(r) for r in found.left.rows]},
        "right": {"columns": list(found.right.columns), "rows": [list(r) for r in found.right.rows]},
        "note": found.note,
        "sql": found.sql,
    }
