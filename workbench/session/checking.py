"""What ``check()`` judges, kind by kind, in the order of the tuple at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.inspection.records import CallSite
from workbench.queries.compiling import compile_apart
from workbench.session import typescript
from workbench.session.check import CheckView, Item
from workbench.session.progress import watched
from workbench.session.querysets.query import QueryView
from workbench.session.tables.model import ModelView
from workbench.session.typescript import Module
from workbench.verdict import AttributeWitness, Different, Equivalent, Step, Undecided, Verdict

if TYPE_CHECKING:
    from workbench.session.workbench import Workbench

NOT_TRIED = "it belongs to no model with a table: there is nothing to try it on"
NO_QUERY = "Django runs no query"
SCHEMA = Origin("schema/index.ts")


def check(shop: Workbench, *, sign_in: bool = False) -> CheckView:
    """Everything there is to judge in a project. A kind that cannot be judged at all is one undecided item.

    ``sign_in``: real sign-ins, too.
    """
    kinds = (*KINDS, *ASKED_FOR) if sign_in else KINDS
    return CheckView(tuple(item for kind, judge in kinds for item in _judged(kind, judge, shop)))


def _judged(kind: str, judge: Callable[[Workbench], Iterator[Item]], shop: Workbench) -> Iterator[Item]:
    try:
        yield from judge(shop)
    except WorkbenchError as error:
        reasons = tuple(f"{diagnostic.thing}: {diagnostic.fact}" for diagnostic in error.diagnostics)
        yield Item(kind, kind, Undecided("none", reasons), diagnostics=error.diagnostics)


def models(shop: Workbench) -> Iterator[Item]:
    """Every table, also one that cannot be; they are judged together, so each has an equal share of the time."""
    started = time.perf_counter()
    views = [view for view in shop.models.values() if not view.record.proxy and not view.record.swapped]
    share = (time.perf_counter() - started) * 1000 / max(1, len(views))
    for view in views:
        verdict = view.verdict or _without_table(view)
        yield Item(view.record.label, "model", verdict, view.record.origin, view.diagnostics, share)


def _without_table(view: ModelView) -> Undecided:
    """The reasons are what was said about the model as a whole."""
    reasons = tuple(note.fact for note in view.diagnostics if note.thing == view.record.label)
    return Undecided("none", reasons or ("it has no table",))


def database(shop: Workbench) -> Iterator[Item]:
    """The tables of a database of the user's, against the models'."""
    if shop.own is not None:
        started = time.perf_counter()
        tables = shop.own.tables.tables
        share = _since(started) / max(1, len(tables))
        for table in tables:
            yield Item(table.model or table.name, "database", table.verdict, table.origin, ms=share)


def schema(shop: Workbench) -> Iterator[Item]:
    """The schema as a whole: does it compile, and what would drizzle-kit still change?"""
    started = time.perf_counter()
    errors = shop.compile_errors
    verdict: Verdict = Equivalent("TypeScript compiler", (Step("the schema's modules compile under strict"),))
    if errors:
        found = tuple(AttributeWitness(f"{e.file}:{e.line}", f"TS{e.code}", "", e.message) for e in errors)
        verdict = Different("TypeScript compiler", found)
    notes = tuple(_push_note(push.statement, push.reason) for push in shop.schema_checks.push)
    yield Item("schema", "schema", verdict, None, (*shop.schema.diagnostics, *notes), _since(started))


def _push_note(statement: str, reason: str) -> Diagnostic:
    fact = f"drizzle-kit push would run it on Django's database: {reason}"
    return Diagnostic("drizzle-push", SCHEMA, statement, fact, "", Fidelity.APPROXIMATE)


def queries(shop: Workbench) -> Iterator[Item]:
    """The querysets in the project's code, variables standing for local values; each that cannot be says why."""
    sites = shop.inspection.call_sites
    readable = [site for site in sites if site.expression]
    compiled = list(compile_apart(shop.agent, [site.expression for site in readable]))
    queries = {id(site): query for site, query in zip(readable, compiled, strict=True)}
    modules: list[Module] = []
    for site in watched(sites, "querysets"):
        query = queries.get(id(site))
        if query is not None and query.runs:
            started = time.perf_counter()
            view = shop.query(site.expression)
            modules += (Module(_name(site), code, site.origin) for code in _codes(view))
            yield _item(site, view, _since(started))
        else:
            reasons = tuple(note.fact for note in query.diagnostics) if query else (site.unread,)
            unread = tuple(f"cannot be evaluated away from its place: {reason}" for reason in reasons or (NO_QUERY,))
            notes = query.diagnostics if query else ()
            yield Item(_name(site), "query", Undecided("none", unread), site.origin, notes)
    if modules:
        querying = shop.querying
        yield typescript.compiled("querysets", querying.files, modules, querying.dialect, querying.checker)


def _codes(view: QueryView) -> Iterator[str]:
    """All modules of a queryset: its own, those of its steps and of what it prefetches, the nested result's."""
    nested = view.nested.code if view.nested else ""
    yield from (code for code in (view.drizzle_code, nested, *(variant.code for variant in view.variants)) if code)
    for part in (*view.steps, *view.prefetches):
        yield from _codes(part)


def _item(site: CallSite, view: QueryView, ms: float) -> Item:
    reasons = tuple(note.fact for note in view.diagnostics) or ("not translated",)
    return Item(_name(site), "query", view.verdict or Undecided("none", reasons), site.origin, view.diagnostics, ms)


def _name(site: CallSite) -> str:
    return f"{site.origin}: {site.text}"


def permissions(shop: Workbench) -> Iterator[Item]:
    """The permissions of the project's own apps, tried together: each has an equal share of the time.

    Where the project cannot be tried, each says why.
    """
    started = time.perf_counter()
    rows = shop.permissions.own_permissions
    reason = shop.permissions.untried
    proof = shop.permissions.prove(decisions=0).proof if rows and not reason else None
    share = _since(started) / max(1, len(rows))
    for row in rows:
        known = proof.verdicts.get(row.permission) if proof else None
        verdict = known or Undecided("none", (reason or NOT_TRIED,))
        yield Item(row.permission, "permission", verdict, row.origin, row.diagnostics, share)


def guards(shop: Workbench) -> Iterator[Item]:
    """The guards of the project's own views, requested as each kind of user."""
    started = time.perf_counter()
    verdicts = shop.own_guards.verdicts
    share = _since(started) / max(1, len(verdicts))
    for one in verdicts:
        notes = one.function.diagnostics if one.function else ()
        yield Item(one.id, "guard", one.verdict, one.view.origin, notes, share)


def sign_ins(shop: Workbench) -> Iterator[Item]:
    """Real sign-ins of users that Django made; installs Better Auth at first use."""
    yield from shop.sign_in.prove().items


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


KINDS: tuple[tuple[str, Callable[[Workbench], Iterator[Item]]], ...] = (
    ("model", models),
    ("database", database),
    ("schema", schema),
    ("query", queries),
    ("permission", permissions),
    ("guard", guards),
)
ASKED_FOR: tuple[tuple[str, Callable[[Workbench], Iterator[Item]]], ...] = (("sign-in", sign_ins),)
