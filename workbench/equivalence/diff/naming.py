"""Renames the sources of two queries so that those that play the same role have the same, readable name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count

from sqlglot import exp

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
# PostgreSQL's reserved words, appendix C of its manual: as names they stay quoted
_RESERVED_WORDS = """
    all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
    current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc
    distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral
    leading limit localtime localtimestamp not null offset on only or order placing primary references returning
    select session_user some symmetric system_user table then to trailing true union unique user using variadic when
    where window with
"""
_RESERVED = frozenset(_RESERVED_WORDS.split())


@dataclass(frozen=True)
class _Source:
    """A source by its unique alias: the table it reads ("derived" where it is a query), and how it is used."""

    alias: str
    label: str
    uses: Counter[str]


def with_common_names(left: exp.Query, right: exp.Query) -> tuple[exp.Query, exp.Query]:
    """Copies whose sources are named after their tables; partners on the two sides share one name."""
    copies = (left.copy(), right.copy())
    _share_cte_names(*copies)
    sources = tuple(list(_sources(tree)) for tree in copies)
    partners = _partners(*sources)
    taken: set[str] = set()
    names: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for source in sources[0]:
        names[0][source.alias] = _free_name(source.label, taken)
    for source in sources[1]:
        partner = partners.get(source.alias)
        names[1][source.alias] = names[0][partner] if partner else _free_name(source.label, taken)
    for tree, chosen in zip(copies, names, strict=True):
        _rename(tree, chosen)
        _spell_out_sort_keys(tree)
        _drop_needless_parentheses(tree)
        _drop_needless_quotes(tree)
    return copies


def _share_cte_names(left: exp.Query, right: exp.Query) -> None:
    """The n-th common table expression is called the same on both sides."""
    names = [[cte.alias for cte in tree.find_all(exp.CTE)] for tree in (left, right)]
    common = {theirs: ours for ours, theirs in zip(*names, strict=False)}
    for node in right.find_all(exp.CTE, exp.Table):
        if isinstance(node, exp.CTE) and node.alias in common:
            node.args["alias"].set("this", exp.to_identifier(common[node.alias], quoted=True))
        elif isinstance(node, exp.Table) and node.meta.get("cte") and node.name in common:
            node.set("this", exp.to_identifier(common[node.name], quoted=True))


def _sources(tree: exp.Query) -> Iterator[_Source]:
    labels = {node.alias: _label(node) for node in _aliased(tree)}
    uses: dict[str, Counter[str]] = {alias: Counter() for alias in labels}
    for column in tree.find_all(exp.Column):
        if column.table in uses:
            uses[column.table][column.name] += 1
    for comparison in tree.find_all(exp.Predicate):
        if comparison.find(exp.Query) is None:
            for alias in {column.table for column in comparison.find_all(exp.Column)} & set(uses):
                uses[alias][_seen_from(comparison, alias, labels)] += 3  # says more of a role than a column's name
    return (_Source(alias, label, uses[alias]) for alias, label in labels.items())


def _aliased(tree: exp.Query) -> Iterator[exp.Expr]:
    return (
        node.parent
        for node in tree.find_all(exp.TableAlias, bfs=False)
        if node.parent is not None
        and node.name
        and not isinstance(node.parent, exp.CTE)
        and not _is_output(node.parent)
    )


def _is_output(node: exp.Expr) -> bool:
    return isinstance(node.parent, exp.Select) and node.arg_key == "expressions"


def _label(source: exp.Expr) -> str:
    return source.name if isinstance(source, exp.Table) and source.name else "derived"


def _seen_from(comparison: exp.Expr, alias: str, labels: Mapping[str, str]) -> str:
    """The comparison with every source by its table, and ``alias`` as itself."""
    copy = comparison.copy()
    for column in copy.find_all(exp.Column):
        name = "self" if column.table == alias else labels.get(column.table, "")
        column.set("table", exp.to_identifier(name))
    return key_of(copy)


def key_of(node: exp.Expr) -> str:
    """A text that is the same whichever way round a comparison is written."""
    return node.copy().transform(_oriented).sql()


_TURNED: dict[type[exp.Expr], type[exp.Binary]] = {exp.GT: exp.LT, exp.GTE: exp.LTE}


def _oriented(node: exp.Expr) -> exp.Expr:
    if isinstance(node, (exp.GT, exp.GTE)):
        return _TURNED[type(node)](this=node.expression, expression=node.this)
    if isinstance(node, exp.Ordered) and node.args.get("desc") is False:
        node.set("desc", None)  # ASC, written or not
    if isinstance(node, (exp.EQ, exp.NEQ)) and node.this.sql() > node.expression.sql():
        return type(node)(this=node.expression, expression=node.this)
    return node


def _partners(left: list[_Source], right: list[_Source]) -> dict[str, str]:
    """For sources of the right side the one on the left that is used most alike; each is taken once."""
    found: dict[str, str] = {}
    candidates = [
        (-sum((ours.uses & theirs.uses).values()), abs(i - j), i, j)
        for i, ours in enumerate(left)
        for j, theirs in enumerate(right)
        if ours.label == theirs.label
    ]
    for _, _, i, j in sorted(candidates):
        if right[j].alias not in found and left[i].alias not in found.values():
            found[right[j].alias] = left[i].alias
    return found


def _free_name(label: str, taken: set[str]) -> str:
    """The label itself, or with the first number that makes it unique."""
    numbered = (f"{label}_{number}" for number in count(2))
    name = next(name for name in chain((label,), numbered) if name not in taken)
    taken.add(name)
    return name


def _rename(tree: exp.Query, names: Mapping[str, str]) -> None:
    """Every alias is unique in its tree, so that one pass renames it wherever it is meant."""
    for source in list(_aliased(tree)):
        name = names[source.alias]
        source.args["alias"].set("this", exp.to_identifier(name, quoted=True))
        if isinstance(source, exp.Table) and source.name == name and not source.args["alias"].columns:
            source.set("alias", None)
    for column in tree.find_all(exp.Column):
        if column.table in names:
            column.set("table", exp.to_identifier(names[column.table], quoted=True))


def _spell_out_sort_keys(tree: exp.Query) -> None:
    """ORDER BY 1, or by an output's name, as the output itself."""
    for select in tree.find_all(exp.Select):
        outputs = {output.alias_or_name: output.unalias() for output in select.selects}
        order = select.args.get("order")
        for key in order.expressions if order else ():
            column = key.this
            if isinstance(column, exp.Column) and not column.table and column.name in outputs:
                column.replace(outputs[column.name].copy())


def _drop_needless_parentheses(tree: exp.Query) -> None:
    """Those around what needs none to hold together."""
    for paren in list(tree.find_all(exp.Paren)):
        inner = paren.this
        if isinstance(inner, (exp.Column, exp.Literal, exp.Exists, exp.Paren, exp.Func)) and not isinstance(
            inner, exp.Binary
        ):
            paren.replace(inner)


def _drop_needless_quotes(tree: exp.Query) -> None:
    for identifier in tree.find_all(exp.Identifier):
        if identifier.quoted and _PLAIN.fullmatch(identifier.name) and identifier.name not in _RESERVED:
            identifier.set("quoted", False)
