"""The operation ``compile``: expressions become the queries Django would execute, with what their SQL does not say."""

from . import content_types, context, describing, explaining, raw_queries, standing, varying
from .capturing import capture
from .decoding import custom
from .limiting import limited
from .prefetching import prefetches
from .rejection import FILE, NothingWritten, Rejected
from .wire import parameter


def compile(request):
    """``{"queries": […]}``: for each of ``expressions`` a Query record, or one that holds only diagnostics."""
    return {"queries": [query_record(text) for text in request["expressions"]]}


def query_record(text):
    """The record of one expression."""
    try:
        with limited(text):
            captured = capture(text)
    except Rejected as rejected:
        return _planned(text, rejected)
    if isinstance(captured, raw_queries.Raw):
        met = standing.met()
        return dict(raw_queries.record(text, captured), variables=varying.variables(text, captured, met))
    if describing.writes(captured):
        return _written(text, captured.sql[:80])
    try:
        record, met = describe(text, captured), standing.met()
        record["prefetches"], missing = prefetches(_instances_of(captured), record["outputs"], describe)
        types = content_types.met()
        record["variables"] = varying.variables(text, captured, met)
    except Rejected as rejected:
        return _rejected(text, rejected.diagnostic)
    record["diagnostics"] = missing + custom(captured.compiler)
    record["diagnostics"] += [_read_at_once(text)] if captured.pieces else []
    if captured.explain:
        record.update(explain=captured.explain, diagnostics=[*record["diagnostics"], explaining.note()])
    record["diagnostics"] += content_types.notes(types)
    return record


def _read_at_once(text):
    """The diagnostic of ``iterator()``."""
    fact = "Django fetches the rows piece by piece; Drizzle's drivers give all of them at once"
    help = "for many rows page by the key: .where(gt(key, last)).orderBy(asc(key)).limit(2000), until none is left"
    return context.diagnostic("queryset-iterator", FILE, "iterator()", fact, help, "approximate")


def _instances_of(captured):
    """The queryset, where its rows are instances: Django prefetches for nothing else."""
    if captured.explain:
        return None
    return captured.queryset if describing.shape(captured) == "instance" else None


def _written(text, first):
    """The record of a write: all of its statements. ``first``: the one that was met first."""
    from .planning import plan

    try:
        found = plan(text, any_method=True)
    except Rejected as rejected:
        return _rejected(text, rejected.diagnostic)
    if found is None:
        fact = "a function writes, and what it does after its first statement is not seen"
        return _rejected(text, context.diagnostic("queryset-write", FILE, first, fact, _WRITE_HELP, "unsupported"))
    return _several(text, found)


_WRITE_HELP = "give the method that writes, or record the command that runs it: workbench record"


def _planned(text, rejected):
    """The record of a write that takes several statements; of any other expression what ``rejected`` says."""
    from .planning import NotAManager, plan

    code, found = rejected.diagnostic["code"], None
    if code in ("queryset-syntax", "queryset-no-expression"):
        return _rejected(text, rejected.diagnostic)
    try:
        found = plan(text, of_managers=code == "queryset-writes")
    except NotAManager:
        pass
    except Rejected as refused:
        if not isinstance(refused, NothingWritten) or code != "queryset-writes":
            return _rejected(text, refused.diagnostic)
    return _rejected(text, rejected.diagnostic) if found is None else _several(text, found)


def _several(text, found):
    """The record of a plan, or that of its only statement."""
    if "steps" not in found:
        return found
    notes = found.pop("diagnostics")
    return dict(_rejected(text, None), plan=found, model=found["model"], diagnostics=notes)


def describe(text, captured):
    """A captured query as a ``workbench.queries.query.Query``."""
    return {
        "expression": text,
        "dialect": context.dialect(),
        "model": describing.model_label(captured),
        "intent": captured.intent,
        "shape": describing.shape(captured),
        "sql": captured.sql,
        "parameters": [parameter(value) for value in captured.params],
        "outputs": describing.outputs(captured),
        "sources": describing.sources(captured),
        "ordered": describing.ordered(captured),
        "empty": captured.empty,
        "prefetches": [],
        "variables": [],
        "diagnostics": [],
    }


def _rejected(text, diagnostic):
    return {
        "expression": text,
        "dialect": context.dialect(),
        "model": "",
        "intent": "rows",
        "shape": "instance",
        "sql": "",
        "parameters": [],
        "outputs": [],
        "sources": [],
        "diagnostics": [diagnostic] if diagnostic else [],
    }
