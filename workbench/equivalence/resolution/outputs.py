"""What a select list names: outputs without a name, stars, and positions in GROUP BY and ORDER BY."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.resolution.scopes import Scope, Uncommon, more_than


def named(part: exp.Expr, index: int) -> exp.Expr:
    """An output with its alias, as ``qualify`` names it."""
    if type(part) is exp.Subquery:
        if not part.output_name:
            part.set("alias", exp.TableAlias(this=exp.to_identifier(f"_col_{index}", quoted=True)))
        return part
    if type(part) is exp.Alias:
        return part
    name = part.output_name if isinstance(part.unnest(), exp.Column) else part.output_name.lower()
    return exp.Alias(this=part, alias=exp.to_identifier(name or f"_col_{index}", quoted=True))


def opened(part: exp.Expr, scope: Scope) -> list[exp.Expr]:
    """An output as it is; a star as the columns it stands for."""
    star = part.this if type(part) is exp.Column else part
    if type(star) is not exp.Star:
        return [part]
    if any(star.args.values()) or not scope.sources:
        raise Uncommon
    chosen = scope.sources
    if star is not part:
        qualifier = part.args.get("table")
        if qualifier is None or more_than(part, ("this", "table")):
            raise Uncommon
        name = qualifier.name if qualifier.args.get("quoted") else qualifier.name.lower()
        if name not in scope.sources:
            raise Uncommon
        chosen = {name: scope.sources[name]}
    return [
        exp.column(exp.to_identifier(name, quoted=True), exp.to_identifier(alias, quoted=True))
        for alias, names in chosen.items()
        for name in names
    ]


def open_positions(node: exp.Select) -> None:
    """GROUP BY 2 groups by the second output."""
    group = node.args.get("group")
    for key in list(group.expressions) if group else ():
        if type(key) is exp.Literal:
            key.replace(_at(node, key).this.copy())


def name_position(ordered: exp.Expr, node: exp.Select, outputs: tuple[str, ...]) -> None:
    """ORDER BY 2 orders by the second output."""
    if type(ordered.this) is exp.Literal:
        output = _at(node, ordered.this)
        if outputs.count(output.alias) != 1:
            raise Uncommon
        ordered.this.replace(exp.Column(this=exp.to_identifier(output.alias, quoted=True)))


def _at(node: exp.Select, position: exp.Expr) -> exp.Expr:
    """The output at a position; constants and the like are read by ``qualify``."""
    if not position.is_int or not 1 <= int(position.name) <= len(node.expressions):
        raise Uncommon
    output: exp.Expr = node.expressions[int(position.name) - 1]
    if type(output) is not exp.Alias or isinstance(output.this, exp.CONSTANTS) or output.this.is_number:
        raise Uncommon
    return output


def name_grouped_keys(node: exp.Select, outputs: tuple[str, ...]) -> None:
    """Beside GROUP BY, an order key that is an output is written as its name."""
    named = {part.this: part for part in node.expressions if outputs.count(part.alias) == 1}
    for ordered in node.args["order"].expressions:
        found = named.get(ordered.this)
        if found is not None:
            ordered.this.replace(exp.Column(this=exp.to_identifier(found.alias, quoted=True)))
