"""The operation ``compile``: expressions become the queries Django would execute, with what their SQL does not say."""

from . import context, describing, varying
from .capturing import capture
from .decoding import custom
from .limiting import limited
from .prefetching import prefetches
from .rejection import Rejected
from .wire import to_wire


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
    try:
        record = describe(text, captured)
        record["prefetches"], missing = prefetches(_instances_of(captured), record["outputs"], describe)
        record["variables"] = varying.variables(text, captured)
    except Rejected as rejected:
        return _rejected(text, rejected.diagnostic)
    record["diagnostics"] = missing + ([] if describing.writes(captured) else custom(captured.compiler))
    return record


def _instances_of(captured):
    """The queryset, where its rows are instances: Django prefetches for nothing else."""
    return captured.queryset if describing.shape(captured) == "instance" else None


def _planned(text, rejected):
    """The record of a write that takes several statements; of any other expression what ``rejected`` says."""
    from .planning import plan

    if rejected.diagnostic["code"] == "queryset-syntax":
        return _rejected(text, rejected.diagnostic)
    try:
        found = plan(text)
    except Rejected as refused:
        return _rejected(text, refused.diagnostic)
    if found is None:
        return _rejected(text, rejected.diagnostic)
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
        "parameters": [to_wire(value) for value in captured.params],
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
