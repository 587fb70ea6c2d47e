"""One statement of a plan in TypeScript, with names in place of what earlier ones answered and the call site gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from workbench.diagnostic import WorkbenchError
from workbench.queries.parse import parse
from workbench.queries.plan import Step
from workbench.queries.query import Query, StandIn
from workbench.targets.drizzle.names import fresh
from workbench.targets.drizzle.queries.dialects import module_of
from workbench.targets.drizzle.queries.differing import OtherShape, Path, part_at, replaced
from workbench.targets.drizzle.queries.function import Written
from workbench.targets.drizzle.queries.naming import parameter_name
from workbench.targets.drizzle.queries.parameters import Found, found_in
from workbench.targets.drizzle.queries.subjects import subject_at
from workbench.targets.drizzle.queries.terms import HELPERS_MODULE, Untranslatable
from workbench.targets.drizzle.queries.writer import Writer
from workbench.targets.drizzle.words import TYPESCRIPT
from workbench.targets.drizzle.writes.transactions.references import Known, Reference, references
from workbench.targets.drizzle.writes.writing import Writing
from workbench.targets.typescript import Array, Const, Expression, Literal, Member, Name
from workbench.values import Wire


@dataclass(frozen=True)
class Argument:
    """A parameter of the function, and what it is called with here."""

    name: str
    type: str
    value: Expression


@dataclass
class Arguments:
    """The function's parameters: one for each value of the call site, however many statements hold it."""

    known: dict[tuple[str, str, str], Argument] = field(default_factory=dict)
    taken: set[str] = field(default_factory=lambda: {"db", "tx", "query", *TYPESCRIPT})
    constant: list[str] = field(default_factory=list)

    def name(self, found: Found, wanted: str, type: str) -> Name:
        """The name of a value's parameter."""
        key = (found.stand_in.name, found.suffix, found.type)
        if key not in self.known:
            self.known[key] = Argument(fresh(wanted + found.suffix, self.taken), type, found.value)
        return Name(self.known[key].name)


@dataclass(frozen=True)
class Statement:
    """One statement as it is written: ``code`` runs on ``db``; ``uses`` are the answers that it names."""

    step: Step
    writer: Writer
    locals: tuple[Const, ...]
    code: Expression
    paths: tuple[str, ...]
    uses: tuple[Known, ...] = ()
    listed: tuple[Expression, ...] = ()  # the constants in place of a list that the call site gives

    @property
    def kind(self) -> str:
        """ "select", "insert", "update" or "delete"."""
        return self.step.kind

    def is_big(self, property: str) -> bool:
        """Whether a property of its rows is a bigint."""
        *_, last = property.split(".")
        written = self.step.query.sql.split('"')
        tables = (table for table in self.writer.catalog.tables if table.name in written)
        terms = (term for table in tables for term in self.writer.facts.columns(table, Name("t")).values())
        held = {term.js for term in terms if isinstance(term.code, Member) and term.code.property == last}
        return held == {"bigint"}


def statement(
    step: Step, write: Callable[[Query], Written], known: Sequence[Known], arguments: Arguments, given: str
) -> Statement:
    """The statement with names in it; Untranslatable where it holds what cannot be named.

    ``given``: the variable that holds a list of keys, which are named like answers.
    """
    written = write(step.query)
    other = write(replace(step.query, parameters=step.others))
    try:
        named = references(written.tree, other.tree, known, _encoding(written.writer))
    except OtherShape:
        raise Untranslatable(step.query.sql[:80], "its form depends on rows that were found before") from None
    places: dict[Path, Expression] = {each.path: each.code for each in named}
    places |= _given(written, step.query, write, arguments, given)
    locals, code = replaced(written.tree, places)
    lists = (part_at(written.tree, each.path) for each in named if any(known.step < 0 for known in each.names))
    listed = next((part.items for part in lists if isinstance(part, Array)), ())
    return Statement(step, written.writer, locals, code, written.paths, _used(named), listed)


def _used(named: Sequence[Reference]) -> tuple[Known, ...]:
    return tuple(dict.fromkeys(known for reference in named for known in reference.names))


def _encoding(writer: Writer) -> Callable[[str, Wire], Expression]:
    """How a column of the table that is written encodes a value."""
    tree = parse(writer.query)
    node = tree.this.this if isinstance(tree, exp.Insert) and isinstance(tree.this, exp.Schema) else tree.this
    columns: dict[str, str] = {}
    if isinstance(node, exp.Table) and node.name in writer.catalog:
        table = writer.catalog.table(node.name)
        columns = {writer.names.column(table.name, column.name): column.name for column in table.columns}

    def encode(property: str, value: Wire) -> Expression:
        if property not in columns:
            return Literal(None)
        writing = Writing(module_of(writer.query, writer.catalog, writer.names), frozenset())
        return writing.constant(writing.target(node), columns[property], value)

    return encode


def _given(
    written: Written, query: Query, write: Callable[[Query], Written], arguments: Arguments, given: str
) -> dict[Path, Expression]:
    """The values of the call site as parameters; one that decides more than constants stays what it is here."""
    places: dict[Path, Expression] = {}
    for stand_in in (each for each in query.variables if each.name != given):
        try:
            other = write(replace(query, parameters=stand_in.parameters))
            found = found_in(written.tree, other.tree, stand_in)
        except (OtherShape, Untranslatable, WorkbenchError):
            arguments.constant.append(stand_in.name)
            continue
        for path, code in _places(written, found, stand_in, arguments):
            places[path] = code
    return places


def _places(
    written: Written, found: Sequence[Found], stand_in: StandIn, arguments: Arguments
) -> Iterator[tuple[Path, Expression]]:
    for each in found:
        subject = subject_at(written.writer, written.tree, each.uses[0].path)
        kind = subject.narrowed(each.type) if subject is not None else each.type
        name = arguments.name(each, parameter_name(stand_in.name, subject), kind)
        for use in each.uses:
            helper = written.writer.use(HELPERS_MODULE, use.helper) if use.helper else None
            yield use.path, use.write(name, helper)
