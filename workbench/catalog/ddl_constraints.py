"""Constraints and indexes of a schema's text, one function a kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from sqlglot import exp

from workbench.catalog.ddl_names import fold, refuse
from workbench.catalog.table import Check, Column, Dialect, Exclusion, ForeignKey, Index, IndexPart, Key


@dataclass
class TableDraft:
    """A table while its statements are read."""

    name: str
    rowid: bool = True
    columns: dict[str, Column] = field(default_factory=dict)
    primary_key: Key | None = None
    uniques: list[Key] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)

    def add(self, column: Column) -> None:
        """A further column; refused where the name is taken."""
        if column.name.casefold() in {name.casefold() for name in self.columns}:
            raise refuse(f"{self.name}.{column.name}", "the table has this column twice")
        self.columns[column.name] = column

    def find(self, name: str) -> str:
        """The column's own spelling; refused where the table has none."""
        for known in self.columns:
            if known == name or known.casefold() == name.casefold():
                return known
        raise refuse(f"{self.name}.{name}", "a constraint names a column that the table lacks")


def read_constraint(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None = None) -> None:
    """One constraint of a table, or of ``column``."""
    if isinstance(node, (exp.Constraint, exp.ColumnConstraint)):
        name = fold(node.this, dialect) if isinstance(node.this, exp.Identifier) else None
        inner = [node.args["kind"]] if isinstance(node, exp.ColumnConstraint) else node.expressions
    else:
        name, inner = None, [node]
    for constraint in inner:
        read = _READERS.get(type(constraint))
        if read is not None:
            read(constraint, draft, dialect, column, name)
        elif not isinstance(constraint, exp.CommentColumnConstraint):
            raise refuse(f"{draft.name}: {constraint.sql(dialect)}", "is a constraint that is not read")


def _columns(node: exp.Expr, dialect: Dialect, column: str | None) -> tuple[str, ...]:
    inner = node.this if isinstance(node.this, exp.Schema) else node
    names = tuple(fold(part, dialect) for part in inner.expressions)
    return names or ((column,) if column else ())


def _deferrable(node: exp.Expr) -> Literal["deferred", "immediate"] | None:
    options = " ".join(str(option) for option in node.args.get("options") or ()).upper()
    if "INITIALLY DEFERRED" in options:
        return "deferred"
    return "immediate" if "DEFERRABLE" in options and "NOT DEFERRABLE" not in options else None


def _primary_key(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    if draft.primary_key is not None:
        raise refuse(draft.name, "the table has two primary keys")
    draft.primary_key = Key(_columns(node, dialect, column), name, _deferrable(node))


def _unique(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    columns = _columns(node, dialect, column)
    draft.uniques.append(Key(columns, name, _deferrable(node), nulls_distinct=not node.args.get("nulls")))


def _not_null(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    if column is not None and not node.args.get("allow_null"):
        draft.columns[column] = replace(draft.columns[column], nullable=False)


def _check(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    draft.checks.append(Check(node.this.sql(dialect), name))


def _foreign_key(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    reference = node if isinstance(node, exp.Reference) else node.args["reference"]
    columns = (column,) if isinstance(node, exp.Reference) and column else _columns(node, dialect, None)
    target = reference.this
    table = target.this if isinstance(target, exp.Schema) else target
    targets = tuple(fold(part, dialect) for part in target.expressions) if isinstance(target, exp.Schema) else ()
    options = " ".join(str(option) for option in reference.args.get("options") or ()).upper()
    draft.foreign_keys.append(
        ForeignKey(
            tuple(c for c in columns if c is not None),
            fold(table.this, dialect),
            targets,
            name,
            _action(options, "ON DELETE "),
            _action(options, "ON UPDATE "),
            _deferrable(reference) or _deferrable(node),
        )
    )


def _action(options: str, lead: str) -> str:
    for action in ("CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT"):
        if lead + action in options:
            return action
    return "NO ACTION"


def _default(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    if column is not None:
        draft.columns[column] = replace(draft.columns[column], default=node.this.sql(dialect))


def _identity(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    if column is not None:
        kind: Literal["by default", "always"] = "always" if node.this else "by default"
        draft.columns[column] = replace(draft.columns[column], identity=kind, nullable=False)


def _generated(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    if column is not None:
        stored = not node.args.get("not_null") and "VIRTUAL" not in node.sql(dialect).upper()
        draft.columns[column] = replace(
            draft.columns[column], generated=node.this.sql(dialect), generated_stored=stored
        )


def _collate(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    if column is not None:
        draft.columns[column] = replace(draft.columns[column], collation=node.this.name)


def _exclusion(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    parameters = node.this
    elements = tuple((part.this.this.sql(dialect), part.args["op"].name) for part in parameters.args["columns"])
    where = parameters.args.get("where")
    method = parameters.args["using"].name if parameters.args.get("using") else "btree"
    title = name or f"{draft.name}_excl"
    draft.exclusions.append(Exclusion(title, method, elements, where.this.sql(dialect) if where else None))


def _nothing(node: exp.Expr, draft: TableDraft, dialect: Dialect, column: str | None, name: str | None) -> None:
    """AUTOINCREMENT says how keys are chosen, not which rows are allowed."""


_READERS: dict[type[exp.Expr], Callable[[exp.Expr, TableDraft, Dialect, str | None, str | None], None]] = {
    exp.PrimaryKey: _primary_key,
    exp.PrimaryKeyColumnConstraint: _primary_key,
    exp.UniqueColumnConstraint: _unique,
    exp.NotNullColumnConstraint: _not_null,
    exp.CheckColumnConstraint: _check,
    exp.ForeignKey: _foreign_key,
    exp.Reference: _foreign_key,
    exp.DefaultColumnConstraint: _default,
    exp.GeneratedAsIdentityColumnConstraint: _identity,
    exp.ComputedColumnConstraint: _generated,
    exp.CollateColumnConstraint: _collate,
    exp.ExcludeColumnConstraint: _exclusion,
    exp.AutoIncrementColumnConstraint: _nothing,
}


def read_index(tree: exp.Create, draft: TableDraft, dialect: Dialect) -> None:
    """CREATE [UNIQUE] INDEX; a unique one over plain columns without condition also counts as a key."""
    index = tree.this
    parameters = index.args["params"]
    parts = tuple(_part(node, dialect) for node in parameters.args.get("columns") or ())
    where, using = parameters.args.get("where"), parameters.args.get("using")
    draft.indexes.append(
        Index(
            fold(index.this, dialect) if index.this else f"{draft.name}_idx",
            parts,
            unique=bool(tree.args.get("unique")),
            method=using.name.lower() if using else "btree",
            condition=where.this.sql(dialect) if where else None,
            include=tuple(fold(part, dialect) for part in parameters.args.get("include") or ()),
        )
    )


def _part(node: exp.Expr, dialect: Dialect) -> IndexPart:
    ordered = node if isinstance(node, exp.Ordered) else None
    inner = ordered.this if ordered else node
    opclass = inner.expression.sql(dialect) if isinstance(inner, exp.Opclass) else None
    inner = inner.this if isinstance(inner, exp.Opclass) else inner
    plain = isinstance(inner, (exp.Column, exp.Identifier))
    text = fold(inner, dialect) if plain else inner.sql(dialect)
    return IndexPart(text, plain, opclass, descending=bool(ordered and ordered.args.get("desc")))
