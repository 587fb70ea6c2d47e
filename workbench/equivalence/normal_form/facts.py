"""What the rules may rely on: types and NOT NULL of columns, and the log of steps."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from workbench.catalog.table import Catalog, Column, Dialect, Table
from workbench.equivalence.walking import ByType
from workbench.verdict import Step


@dataclass
class Facts:
    """Sources of the query by unique alias, those an outer join may fill with NULL, and the steps taken."""

    catalog: Catalog
    dialect: Dialect
    steps: list[Step] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    padded: set[str] = field(default_factory=set)
    used: list[str] = field(default_factory=list)  # constraints that the rule at work has relied on

    def read(self, kinds: ByType) -> None:
        """Learn the sources of a tree whose aliases are unique."""
        self.tables = {
            table.alias: self.catalog.table(table.name)
            for table in kinds.get(exp.Table, ())
            if table.alias and table.name in self.catalog and not table.meta.get("cte")
        }
        self.padded = {alias for select in kinds.get(exp.Select, ()) for alias in padded_aliases(select)}

    def column(self, node: exp.Expr | None) -> Column | None:
        """The catalog's column that a node names, where it names one of a base table."""
        if not isinstance(node, exp.Column) or node.table not in self.tables:
            return None
        table = self.tables[node.table]
        return table.column(node.name) if any(c.name == node.name for c in table.columns) else None

    def not_null(self, node: exp.Expr | None) -> bool:
        """Is the value of this node never NULL?"""
        if isinstance(node, exp.Paren):
            return self.not_null(node.this)
        if isinstance(node, (exp.Literal, exp.Boolean, exp.Exists, exp.Count)):
            return True
        column = self.column(node)
        if column is None or column.nullable or not isinstance(node, exp.Column) or node.table in self.padded:
            return False
        self.used.append(f"{self.tables[node.table].name}.{column.name} NOT NULL")
        return True

    def took(self, rule: str, before: exp.Expr | str, after: exp.Expr | str) -> None:
        """Write a step down, with the constraints it relied on."""
        texts = [part if isinstance(part, str) else part.sql(self.dialect) for part in (before, after)]
        self.steps.append(Step(rule, texts[0], texts[1], tuple(dict.fromkeys(self.used))))


def padded_aliases(select: exp.Expr) -> set[str]:
    """Aliases of the sources that an outer join of this SELECT may fill with NULL."""
    found: set[str] = set()
    before = [source_alias(select.args["from_"].this)] if select.args.get("from_") else []
    for join in select.args.get("joins") or ():
        alias = source_alias(join.this)
        if join.side in ("LEFT", "FULL"):
            found.add(alias)
        if join.side in ("RIGHT", "FULL"):
            found.update(before)
        before.append(alias)
    return found


def source_alias(source: exp.Expr) -> str:
    """The alias of a table, derived table, VALUES or function in FROM."""
    return str(source.alias_or_name)


def conjuncts(node: exp.Expr | None) -> list[exp.Expr]:
    """The parts of a conjunction, parentheses removed."""
    if node is None:
        return []
    if isinstance(node, exp.Paren):
        return conjuncts(node.this)
    if isinstance(node, exp.And):
        return conjuncts(node.this) + conjuncts(node.expression)
    return [node]


def conjunction(parts: list[exp.Expr]) -> exp.Expr | None:
    """The conjunction of the parts; None for no part."""
    if not parts:
        return None
    result = parts[0]
    for part in parts[1:]:
        result = exp.And(this=result, expression=part)
    return result
