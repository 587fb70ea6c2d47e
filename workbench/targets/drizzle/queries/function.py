"""A statement as a function of the call site's values: ``booksByAuthor(db, { authorId })``, and a call of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from workbench.diagnostic import WorkbenchError
from workbench.queries.query import Query, StandIn
from workbench.targets.drizzle.names import fresh
from workbench.targets.drizzle.queries.differing import OtherShape, Path, replaced
from workbench.targets.drizzle.queries.naming import function_name, parameter_name
from workbench.targets.drizzle.queries.parameters import Found, found_in
from workbench.targets.drizzle.queries.subjects import Subject, subject_at
from workbench.targets.drizzle.queries.terms import HELPERS_MODULE, Untranslatable
from workbench.targets.drizzle.queries.writer import Writer
from workbench.targets.drizzle.words import TYPESCRIPT
from workbench.targets.typescript import Block, Const, Expression, Function, Name, Object, Return, call


@dataclass(frozen=True)
class Written:
    """A statement that was written: its chain and the names it needs before it."""

    writer: Writer
    code: Expression
    paths: tuple[str, ...] = ()

    @property
    def tree(self) -> tuple[tuple[Const, ...], Expression]:
        """All that may hold a value of the call site."""
        return tuple(self.writer.locals), self.code


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name and type, what it is called with here, and which value of the call site it is."""

    name: str
    type: str
    value: Expression
    other: Expression
    found: Found
    subject: Subject | None

    @property
    def stand_in(self) -> StandIn:
        """The value of the call site."""
        return self.found.stand_in


@dataclass(frozen=True)
class FunctionForm:
    """The function, its parameters, and the values of the call site that became none."""

    function: Function | None
    parameters: tuple[Parameter, ...]
    constant: tuple[str, ...] = ()

    def called(self, other: StandIn | None = None) -> Expression:
        """A call with the values that stand in, or with the other ones in place of one of them."""
        assert self.function is not None
        values = ((p.name, p.other if p.stand_in is other else p.value) for p in self.parameters)
        return call(self.function.name, Name("db"), Object(tuple(values)))


def function_of(query: Query, written: Written, write: Callable[[Query], Written]) -> FunctionForm:
    """The statement as a function; without one where no value of its call site is a parameter."""
    found, constant = [], []
    for stand_in in query.variables:
        try:
            other = write(replace(query, parameters=stand_in.parameters))
            found += found_in(written.tree, other.tree, stand_in)
        except (OtherShape, Untranslatable, WorkbenchError):
            constant.append(stand_in.name)
    parameters = tuple(_named(written, found))
    if not parameters:
        return FunctionForm(None, (), tuple(constant))
    return FunctionForm(_function(query, written, parameters), parameters, tuple(constant))


def _named(written: Written, found: list[Found]) -> Iterator[Parameter]:
    taken = _taken(written.writer)
    for each in found:
        subject = subject_at(written.writer, written.tree, each.uses[0].path)
        wanted = parameter_name(each.stand_in.name, subject) + each.suffix
        name = fresh(wanted, taken)
        kind = subject.narrowed(each.type) if subject is not None else each.type
        yield Parameter(name, kind, each.value, each.others[0], each, subject)


def _taken(writer: Writer) -> set[str]:
    """What a parameter cannot be called: words of the language, and what the function's body names."""
    imported = {name.rpartition(" as ")[2] for names in writer.imports.values() for name in names}
    return {"db", "query", *TYPESCRIPT, *imported, *(const.name for const in (*writer.aliases, *writer.locals))}


def _function(query: Query, written: Written, parameters: tuple[Parameter, ...]) -> Function:
    places: dict[Path, Expression] = {}
    for parameter in parameters:
        for use in parameter.found.uses:
            helper = written.writer.use(HELPERS_MODULE, use.helper) if use.helper else None
            places[use.path] = use.write(Name(parameter.name), helper)
    locals, code = replaced(written.tree, places)
    subjects = [parameter.subject for parameter in parameters if parameter.subject is not None]
    name = written.writer.fresh(function_name(query, subjects))
    options = tuple((parameter.name, parameter.type) for parameter in parameters)
    return Function(name, ("db: Db",), Block((*locals, Return(code))), options, exported=True)
