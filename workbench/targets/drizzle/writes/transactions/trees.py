"""Rows that hang on rows of their own table: the keys of a whole tree, asked for level by level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.targets.drizzle.module_text import names_in
from workbench.targets.drizzle.queries.terms import HELPERS_MODULE, Untranslatable
from workbench.targets.drizzle.writes.transactions.rewriting import argument, changed, substituted
from workbench.targets.drizzle.writes.transactions.statement import Statement
from workbench.targets.typescript import Array, Arrow, Await, Call, Const, Expression, Member, Name, Object, call

if TYPE_CHECKING:
    from workbench.targets.drizzle.writes.transactions.composing import Composition

_HELPER, _KEYS = "withDescendants", "ids"


@dataclass(frozen=True)
class Tree:
    """``statement`` asks for the rows that hang on ``roots``, a list of keys; ``name`` is what all keys are called."""

    statement: Statement
    roots: Expression
    name: Name

    @property
    def own(self) -> bool:
        """Whether the roots are a list that an earlier statement found, and that is called so."""
        return self.roots == self.name

    def whole(self, roots: Expression) -> Expression:
        """The keys of the roots and of all rows below them."""
        target = Object((("id", _target(self.statement)),))
        below = substituted(self.statement.code, self.roots, Name(_KEYS))
        return Await(call(_HELPER, roots, Arrow((_KEYS,), changed(below, "select", target))))


def trees_of(composition: Composition) -> list[Tree]:
    """One for each statement that is asked again."""
    found = []
    for written in composition.statements:
        if written.step.again:
            _, roots = _membership(written)
            name = roots if isinstance(roots, Name) else Name(composition.fresh(_called(written)))
            composition.imports.setdefault(HELPERS_MODULE, set()).add(_HELPER)
            found.append(Tree(written, roots, name))
    return found


def with_trees(statements: Sequence[Statement], trees: Sequence[Tree]) -> list[Statement]:
    """The statements with the keys of whole trees in place of their roots'."""
    found = list(statements)
    for tree in (each for each in trees if not each.own):
        found = [_grown(each, tree) for each in found]
        _require_following(found, tree)
    return found


def _grown(written: Statement, tree: Tree) -> Statement:
    if written.step.again or written.step.before:
        return written
    return replace(written, code=substituted(written.code, tree.roots, tree.name))


def planted(trees: Sequence[Tree]) -> Iterator[Const]:
    """The keys of trees whose roots no list of an earlier statement holds."""
    for tree in trees:
        if not tree.own:
            yield Const(tree.name.text, tree.whole(tree.roots))


def _require_following(statements: Sequence[Statement], tree: Tree) -> None:
    """Untranslatable where a statement holds the root's key in a form that is not seen to be it."""
    known = {tree.name.text}
    for written in statements:
        if written.step.before or written.step.again or not (written.step.relation or written.kind != "select"):
            continue
        held = names_in(written.code)
        lists = {known.all.text for known in written.uses if isinstance(known.all, Name)}
        if not held & (known | lists):
            raise Untranslatable(written.step.relation or written.kind, "how it follows from a tree's rows is not seen")


def _membership(written: Statement) -> tuple[Expression, Expression]:
    """The column and the list of ``inArray(column, list)``, which is all that such a statement asks by."""
    condition = argument(written.code, "where")
    if isinstance(condition, Call) and condition.callee == Name("inArray") and len(condition.arguments) == 2:
        column, held = condition.arguments
        if isinstance(held, Name) or (isinstance(held, Array) and len(held.items) == 1):
            return column, held
    raise Untranslatable(written.step.relation, "its rows are not found by the keys of others alone")


def _target(written: Statement) -> Expression:
    """The column that the key refers to, of the table that is read."""
    table, names = argument(written.code, "from"), written.writer.names
    tables = (each.name for each in written.writer.catalog.tables)
    source = next((name for name in tables if table == Name(names.table(name))), "")
    if not source or not isinstance(table, Name):
        raise Untranslatable(written.step.relation, "its rows are not those of one table")
    keys = [
        key.target_columns[0]
        for key in written.writer.catalog.table(source).foreign_keys
        if key.target == source and _names_column(written, source, key.columns)
    ]
    if len(keys) != 1:
        raise Untranslatable(written.step.relation, "the column that it refers to is not seen")
    return Member(table, names.column(source, keys[0]))


def _names_column(written: Statement, table: str, columns: Sequence[str]) -> bool:
    column, _ = _membership(written)
    names = written.writer.names
    return len(columns) == 1 and isinstance(column, Member) and column.property == names.column(table, columns[0])


def _called(written: Statement) -> str:
    model = written.step.query.model.rpartition(".")[2]
    return f"{model[:1].lower()}{model[1:]}Ids"
