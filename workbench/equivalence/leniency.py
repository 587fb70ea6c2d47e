"""Forms that other systems print and PostgreSQL reads otherwise: read as their author means, and said so."""

from __future__ import annotations

from collections import Counter

from sqlglot import exp

from workbench.catalog.table import Dialect
from workbench.equivalence.walking import ByType


def name_values_columns(kinds: ByType) -> tuple[str, ...]:
    """Columns of a bare VALUES are ``column1`` … as in both databases, or ``expr$0`` … where the query says so."""
    if exp.Values not in kinds:
        return ()
    calcite = any(column.name.lower().startswith("expr$") for column in kinds.get(exp.Column, ()))
    named = False
    for values in kinds[exp.Values]:
        alias = values.args.get("alias")
        first = values.expressions[0] if values.expressions else None
        if alias is None or alias.args.get("columns") or not isinstance(first, exp.Tuple):
            continue
        width = len(first.expressions)
        names = [f"expr${n}" if calcite else f"column{n + 1}" for n in range(width)]
        alias.set("columns", [exp.to_identifier(name, quoted=True) for name in names])
        named = named or calcite
    return ("columns of VALUES are named EXPR$n, as Apache Calcite does",) if named else ()


_CALLED = ("count", "sum", "avg", "min", "max", "coalesce", "lower", "upper")  # sqlglot has no other name for these


def name_calls(kinds: ByType, dialect: Dialect) -> None:
    """Inside of a query PostgreSQL calls an output without a name as its function (FigureColname in its parser).

    Not where another output has that name, or a star may give one: a reference to it would be ambiguous.
    """
    if dialect != "postgres":
        return
    for select in kinds.get(exp.Select, ()):
        if select.parent is None or select.is_star:
            continue
        names = Counter(part.output_name or part.key for part in select.expressions)
        for part in select.expressions:
            if isinstance(part, exp.Func) and part.key in _CALLED and names[part.key] == 1:
                called = exp.Alias(alias=exp.to_identifier(part.key, quoted=True))
                part.replace(called)
                called.set("this", part)  # the node itself: ``kinds`` knows it


def group_by_constants(kinds: ByType) -> tuple[str, ...]:
    """A position in GROUP BY beyond the select list, which PostgreSQL refuses, is a constant in other systems."""
    said = []
    for group in kinds.get(exp.Group, ()):
        select = group.parent
        if not isinstance(select, exp.Select) or select.is_star:
            continue
        for item in group.expressions:
            if isinstance(item, exp.Literal) and item.is_int and int(item.name) > len(select.expressions):
                said.append(
                    f"GROUP BY {item.name} is read as the constant {item.name}; PostgreSQL refuses this position"
                )
                item.replace(exp.Cast(this=item.copy(), to=exp.DataType.build("int")))
    return tuple(said)
