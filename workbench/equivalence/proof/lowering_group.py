"""GROUP BY: one row for each distinct key, aggregates as values of the bag of rows that have this key.

A group is a row ``d`` of the distinct keys; an aggregate is a value of the copy of the input restricted to keys that
are the same as ``d``. Grouping sets are the union of their sets, absent keys NULL.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlglot import exp

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.aggregates import aggregate, is_aggregate
from workbench.equivalence.proof.branches import one_kind
from workbench.equivalence.proof.context import Context, Scope, Stage
from workbench.equivalence.proof.grouping_keys import dependent, grouping_bits, grouping_sets
from workbench.equivalence.proof.lowering_scalar import lower, truth
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import (
    Col,
    Const,
    Distinct,
    Expr,
    Term,
    Terms,
    Unsupported,
    fresh_row,
    same,
)


def is_grouped(tree: exp.Select) -> bool:
    """Whether the block has GROUP BY, HAVING or an aggregate of its own."""
    if tree.args.get("group") or tree.args.get("having"):
        return True
    clauses = [*tree.expressions, *([tree.args["order"]] if tree.args.get("order") else [])]
    return any(_own_aggregate(node, tree) for clause in clauses for node in clause.walk())


def _own_aggregate(node: exp.Expr, tree: exp.Select) -> bool:
    over = isinstance(node.parent, exp.Window) or (
        isinstance(node.parent, exp.Filter) and isinstance(node.parent.parent, exp.Window)
    )
    return is_aggregate(node) and not over and node.parent_select is tree


def group(ctx: Context, tree: exp.Select, stage: Stage) -> list[Stage]:
    """One stage for each grouping set (one without them), HAVING applied."""
    sets = grouping_sets(tree)
    everything = list(dict.fromkeys(key for keys in sets for key in keys))
    if len(sets) == 1:
        everything = sets[0] = [*sets[0], *dependent(ctx, tree, stage, sets[0])]
    return [_one_set(ctx, tree, stage, keys, everything) for keys in sets]


def _one_set(ctx: Context, tree: exp.Select, stage: Stage, keys: list[exp.Expr], everything: list[exp.Expr]) -> Stage:
    values = [[lower(ctx, key, scope) for key in keys] for _, scope in stage.pairs]
    columns = [one_kind(ctx, [v[i] for v in values]) for i in range(len(keys))] if values else []
    rows = [tuple(c[n] for c in columns) for n in range(len(values))]
    if keys and not rows:
        return Stage(())
    for expr in (e for row in rows for e in row):
        if not kinds.is_identity(expr.kind):
            raise Unsupported(f"GROUP BY a {expr.kind}: equal values may differ")
    body = tuple(replace(term, outputs=row) for (term, _), row in zip(stage.pairs, rows, strict=True))
    d = fresh_row()
    key_columns = tuple(Col(d, str(i), kinds.joined([r[i].kind for r in rows])) for i in range(len(keys)))
    scope = _Groups(ctx, stage, body, keys, key_columns, everything).scope()
    term = Term(((d, Distinct(freshen(body))),) if keys else (), (), ())
    having = tree.args.get("having")
    return Stage(((replace(term, where=(truth(ctx, having.this, scope),)) if having else term, scope),))


@dataclass(frozen=True)
class _Groups:
    """The groups of one grouping set: what SELECT, HAVING and ORDER BY may read of them."""

    ctx: Context
    stage: Stage
    body: Terms  # the rows with the keys as outputs
    keys: list[exp.Expr]
    columns: tuple[Col, ...]  # the keys of the group at hand
    everything: list[exp.Expr]  # the keys of all grouping sets

    def scope(self) -> Scope:
        """Keys, aggregates, and nothing else of the input."""
        named: dict[tuple[str, str], Expr] = {
            (k.table, k.name): c for k, c in zip(self.keys, self.columns, strict=True) if isinstance(k, exp.Column)
        }
        return Scope(named, self._input.outer, override=self._override)

    @property
    def _input(self) -> Scope:
        return self.stage.pairs[0][1] if self.stage.pairs else Scope({})

    def _override(self, node: exp.Expr) -> Expr | None:
        if node in self.keys:
            return self.columns[self.keys.index(node)]
        if isinstance(node, exp.Grouping) or (isinstance(node, exp.Anonymous) and node.name.lower() == "grouping"):
            return Const(grouping_bits(node, self.keys), "int")
        if is_aggregate(node) or isinstance(node, exp.Filter | exp.WithinGroup):
            return aggregate(self.ctx, node, self._rows)
        if node in self.everything:
            return Const(None, _kind_of(self.ctx, self.stage, node))
        if isinstance(node, exp.Column) and (node.table, node.name) in self._input.columns:
            raise Unsupported(f"{node.sql()} is neither grouped nor aggregated")
        return None

    def _rows(self, args: list[exp.Expr], where: exp.Expr | None) -> Terms:
        """The rows of the group, with these outputs, that pass an aggregate's FILTER."""
        terms = []
        for (term, scope), keyed in zip(self.stage.pairs, self.body, strict=True):
            matched = tuple(same(a, b) for a, b in zip(keyed.outputs, self.columns, strict=True))
            passed = (truth(self.ctx, where, scope),) if where is not None else ()
            outputs = tuple(lower(self.ctx, a, scope) for a in args)
            terms.append(Term(term.sources, (*term.where, *matched, *passed), outputs))
        return freshen(tuple(terms))


def _kind_of(ctx: Context, stage: Stage, node: exp.Expr) -> str:
    return kinds.joined([lower(ctx, node, scope).kind for _, scope in stage.pairs]) if stage.pairs else "null"
