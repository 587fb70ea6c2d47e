"""The statements of a plan written one after the other: what each answers gets a name that the next ones use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from workbench.queries.plan import Answer, Plan, Step
from workbench.queries.query import Intent, Query
from workbench.targets.drizzle.names import camel, fresh
from workbench.targets.drizzle.queries.function import Written
from workbench.targets.drizzle.queries.naming import plural
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.drizzle.writes.transactions.references import Known
from workbench.targets.drizzle.writes.transactions.rewriting import at, entry, inserted, renamed
from workbench.targets.drizzle.writes.transactions.statement import Argument, Arguments, Statement, statement
from workbench.targets.drizzle.writes.transactions.trees import Tree, trees_of, with_trees
from workbench.targets.typescript import Array, Big, Const, Expression, Literal, Name

_ONE = (Intent.GET, Intent.FIRST, Intent.LAST)


@dataclass
class Composition:
    """A transaction in the making: the statements so far, the names of their answers, imports and aliases."""

    plan: Plan
    write: Callable[[Query], Written]
    arguments: Arguments = field(default_factory=Arguments)
    known: list[Known] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    rows: dict[int, str] = field(default_factory=dict)  # what the rows of each statement are called, by its number
    imports: dict[str, set[str]] = field(default_factory=dict)
    aliases: dict[str, Const] = field(default_factory=dict)
    listed: Array | None = None  # the constants that ``targets`` names
    trees: list[Tree] = field(default_factory=list)
    targets: Expression | None = None  # of a many-to-many relation: the keys that are given

    def compose(self) -> None:
        """Writes every statement; Untranslatable where one cannot be."""
        self._learn_targets()
        given = self.plan.targets.name if self.plan.targets else ""
        for number, step in enumerate(self.plan.steps):
            written = self._merged(statement(step, self.write, self.known, self.arguments, given))
            self.statements.append(written)
            if written.listed:
                self.learn_list(written.listed)
            self.known += self._answers(number, step, written)
        self.trees = trees_of(self)
        self.statements = with_trees(self.statements, self.trees)

    def grown(self, name: Name, keys: Expression) -> Expression:
        """The keys that a name stands for: with all below them, where they are the roots of a tree."""
        trees = [tree for tree in self.trees if tree.own and tree.name == name]
        require(len(trees) < 2, name.text, "its rows hang on each other by more than one key")
        return trees[0].whole(keys) if trees else keys

    def used(self, number: int) -> list[str]:
        """The properties of a statement's rows that later ones use."""
        uses = (known for written in self.statements for known in written.uses)
        return list(dict.fromkeys(known.property for known in uses if known.step == number))

    def list_name(self, number: int, property: str) -> Name:
        """What the list of a property's values is called, of a statement that finds many rows."""
        (known,) = {k.all for k in self.known if k.step == number and k.property == property}
        assert isinstance(known, Name)
        return known

    def fresh(self, wanted: str) -> str:
        """A name that nothing in the function has."""
        return fresh(wanted, self.arguments.taken)

    def _answers(self, number: int, step: Step, written: Statement) -> Iterator[Known]:
        single = step.kind == "insert" or step.query.intent in _ONE
        if step.answers and single:
            self.rows[number] = self.fresh("made" if step.kind == "insert" else "found")
        for answer in step.answers:
            property = self._property(step, written, answer)
            big = written.is_big(property)
            if not single:
                name = Name(self.fresh(self._list_name(step, written, property)))
                yield Known(answer, number, property, None, name, big)
            elif len(answer.values) == 1:
                yield Known(answer, number, property, at(Name(self.rows[number]), property), None, big)

    def _list_name(self, step: Step, written: Statement, property: str) -> str:
        if self.plan.form == "set" and not step.before:
            return "removed"
        one, last = model_name(step.query.model), camel(property.replace(".", "_"))
        tables = (table for table in written.writer.catalog.tables if table.name in step.query.sql.split('"'))
        keys = {
            written.writer.names.column(table.name, table.primary_key.columns[0])
            for table in tables
            if table.primary_key is not None and len(table.primary_key.columns) == 1
        }
        return f"{one}Ids" if property in keys else one + plural(last[:1].upper() + last[1:])

    def _property(self, step: Step, written: Statement, answer: Answer) -> str:
        if step.kind != "insert":
            return written.paths[answer.index]
        table = next(t.name for t in written.writer.catalog.tables if t.name in step.query.sql.split('"'))
        return written.writer.names.column(table, answer.column)

    def _merged(self, written: Statement) -> Statement:
        """The statement with its aliases and local names made ones that no other statement means otherwise."""
        names: dict[str, str] = {"db": "tx"}
        for alias in written.writer.aliases:
            taken = self.aliases.get(alias.name)
            if taken is not None and taken != alias:
                names[alias.name] = fresh(alias.name, set(self.aliases) | self.arguments.taken)
            self.aliases.setdefault(names.get(alias.name, alias.name), _called(alias, names))
        for local in written.locals:
            names[local.name] = self.fresh(local.name)
        for module, imported in written.writer.imports.items():
            self.imports.setdefault(module, set()).update(imported)
            self.arguments.taken |= {name.rpartition(" as ")[2] for name in imported}
        locals = tuple(_called(renamed(local, names), names) for local in written.locals)
        code = renamed(written.code, names)
        return replace(written, locals=locals, code=code)

    def _learn_targets(self) -> None:
        """A list of keys that the call site holds in a name becomes a parameter of its own."""
        given = self.plan.targets
        if given is None or not given.name:
            return
        answer = Answer(-1, given.column, given.values, given.others)
        self.targets = Name(fresh(camel(given.name), self.arguments.taken))
        self.known.append(Known(answer, -1, "", None, self.targets))

    def target_rows(self, written: Statement, column: str) -> tuple[Expression, ...]:
        """What the rows of an INSERT set the column of the given keys to, as constants."""
        assert self.plan.targets is not None
        property = written.writer.names.column(self.plan.targets.table, column)
        return tuple(entry(row, property) for row in inserted(written.code))

    def learn_list(self, values: tuple[Expression, ...]) -> None:
        """The list of keys as a parameter, called with the constants that stand in."""
        assert self.plan.targets is not None and isinstance(self.targets, Name)
        type = f"{_type(values[0])}[]"
        self.arguments.known[self.plan.targets.name, "", type] = Argument(self.targets.text, type, Array(values))


def _type(constant: Expression) -> str:
    if isinstance(constant, Big):
        return "bigint"
    return "string" if isinstance(constant, Literal) and isinstance(constant.value, str) else "number"


def _called(const: Const, names: dict[str, str]) -> Const:
    return Const(names.get(const.name, const.name), const.value, const.exported, const.type, const.comment)


def model_name(label: str) -> str:
    """``catalog.AudioBook`` -> ``audioBook``."""
    return camel(label.rpartition(".")[2])


def require(condition: bool, thing: str, fact: str) -> None:
    """Untranslatable where the condition does not hold."""
    if not condition:
        raise Untranslatable(thing, fact)
