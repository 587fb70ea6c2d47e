"""What a query promises about its answer: rows as a bag, an order, or only how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from sqlglot import exp

from workbench.equivalence.normal_form.dependencies import Name, closure
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.volatility import reads_the_clock, volatile_calls
from workbench.equivalence.walking import ByType, among

SortKey: TypeAlias = int  # position in the select list

# Types of which two values can be equal to ORDER BY and still print differently.
_LOOSE_TYPES = ("citext", "interval", "real", "double precision", "jsonb", "numeric")


@dataclass(frozen=True)
class Meaning:
    """``ordered``: an ORDER BY at the top; ``total``: it leaves no tie between different rows; ``keys``: the leading
    order keys as output positions (None: no order); ``rounds``: a float aggregate's last digits may vary."""

    ordered: bool
    total: bool
    keys: tuple[SortKey, ...] | None
    count_is_fixed: bool
    bag_is_fixed: bool
    rounds: bool
    nondeterminism: str = ""

    @property
    def needs_probe(self) -> bool:
        """An ORDER BY at the top that may leave ties, over rows that are otherwise fixed."""
        return self.ordered and not self.total and self.count_is_fixed


def meaning(query: ParsedQuery) -> Meaning:
    """Read the promises off a query's tree."""
    tree = query.tree
    facts = Facts(query.catalog, query.dialect)
    facts.read(query.kinds)
    total = is_total(tree, facts)
    inner = _nondeterminism(query, facts)
    limited = _limited(tree)
    cut = limited and not total
    reason = inner or ("LIMIT without a total ORDER BY picks among ties" if cut else "")
    ordered = bool(tree.args.get("order"))
    keys = _keys(tree) if ordered else None
    rounds = _rounds(query.kinds, facts)
    return Meaning(ordered, ordered and total, keys, not inner, not inner and not cut, rounds, reason)


def _limited(query: exp.Expr) -> bool:
    return any(query.args.get(part) for part in ("limit", "offset", "fetch"))


def is_total(query: exp.Expr, facts: Facts) -> bool:
    """Do the order keys determine every output, so that the list of rows is the only one allowed?"""
    order = query.args.get("order")
    if _at_most_one_row(query):
        return True
    if order is None:
        return False
    if isinstance(query, exp.Select):
        return _select_is_total(query, order, facts)
    if not isinstance(query, exp.Query):
        return False
    positions = {_position(key.this, query) for key in order.expressions}
    return set(range(len(query.named_selects))) <= positions


def _at_most_one_row(query: exp.Expr) -> bool:
    if not isinstance(query, exp.Select) or query.args.get("group"):
        return False
    return any(part.find(exp.AggFunc) and not part.find(exp.Window, exp.Query) for part in query.expressions)


def _select_is_total(select: exp.Select, order: exp.Expr, facts: Facts) -> bool:
    outputs = [part.unalias() for part in select.expressions]
    by_name = {part.alias_or_name: part.unalias() for part in select.expressions}
    keys = [by_name.get(k.this.name, k.this) if _is_bare(k.this) else k.this for k in order.expressions]
    known = closure({_name(key) for key in keys if isinstance(key, exp.Column) and _strict(key, facts)}, select, facts)
    group = select.args.get("group")
    if group and all(_determined(part, known, keys) for part in group.expressions):
        return {name for name, value in group.args.items() if value} == {"expressions"}
    if group:
        return all(output in keys for output in outputs)
    return all(_determined(output, known, keys) for output in outputs)


def _is_bare(node: exp.Expr) -> bool:
    return isinstance(node, exp.Column) and not node.table


def _name(column: exp.Column) -> Name:
    return (column.table, column.name)


def _strict(column: exp.Column, facts: Facts) -> bool:
    found = facts.column(column)
    return found is not None and not found.type.startswith(_LOOSE_TYPES[:-1]) and found.type != "numeric"


def _determined(node: exp.Expr, known: set[Name], keys: list[exp.Expr]) -> bool:
    if node in keys and isinstance(node, exp.Column):
        return _name(node) in known
    if node.find(exp.Query, exp.Window, exp.AggFunc) is not None:
        return False
    return all(_name(column) in known for column in node.find_all(exp.Column))


def _position(key: exp.Expr, query: exp.Expr) -> int:
    names = query.named_selects if isinstance(query, exp.Query) else []
    return names.index(key.name) if isinstance(key, exp.Column) and key.name in names else -1


def _keys(query: exp.Expr) -> tuple[SortKey, ...]:
    """Output positions of the leading order keys, as far as they are outputs."""
    found: list[int] = []
    listed = [part.unalias() for part in query.selects] if isinstance(query, exp.Query) else []
    for key in query.args["order"].expressions:
        node = key.this
        if _is_bare(node) or isinstance(query, exp.SetOperation):
            position = _position(node, query)
        else:
            position = listed.index(node) if node in listed else -1
        if position < 0:
            break
        found.append(position)
    return tuple(found)


_ORDERED_AGGREGATES = (exp.ArrayAgg, exp.GroupConcat, exp.JSONArrayAgg, exp.First, exp.Last)
_ORDERED_NAMES = ("string_agg", "json_agg", "jsonb_agg", "group_concat", "json_group_array", "jsonb_object_agg")
_RANKS = (exp.RowNumber, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue, exp.Ntile)


def _nondeterminism(query: ParsedQuery, facts: Facts) -> str:
    """Why the rows themselves may vary from run to run; empty where they cannot."""
    tree, kinds = query.tree, query.kinds
    if volatile := volatile_calls(kinds):
        return f"{volatile[0]}() answers differently on each call"
    if facts.dialect == "sqlite" and (
        reads_the_clock(kinds) or any(n.name == "now" for n in kinds.get(exp.Literal, ()))
    ):
        return "SQLite reads the clock anew for each statement"
    for inner in among(kinds, exp.Query):
        if inner is not tree and _limited(inner) and not is_total(inner, facts) and not _only_existence(inner):
            return "LIMIT without a total ORDER BY in a subquery picks among ties"
        distinct = inner.args.get("distinct")
        if isinstance(distinct, exp.Distinct) and distinct.args.get("on") and not is_total(inner, facts):
            return "DISTINCT ON without a total ORDER BY picks among ties"
    windows = among(kinds, exp.Window)
    if any(window.find(*_RANKS) for window in windows) and not all(_window_is_total(w, facts) for w in windows):
        return "a window function numbers rows whose order leaves ties"
    return _unordered_aggregate(kinds)


def _only_existence(query: exp.Expr) -> bool:
    return isinstance(query.parent, exp.Exists)


def _window_is_total(window: exp.Window, facts: Facts) -> bool:
    select = window.find_ancestor(exp.Select)
    order = window.args.get("order")
    if not isinstance(select, exp.Select) or order is None or select.args.get("group"):
        return False
    keys = [k.this for k in order.expressions] + list(window.args.get("partition_by") or ())
    known = closure({_name(k) for k in keys if isinstance(k, exp.Column)}, select, facts)
    aliases = [t.alias for t in select.find_all(exp.Table) if t.parent_select is select]
    return bool(aliases) and all(
        alias in facts.tables and all((alias, c.name) in known for c in facts.tables[alias].columns)
        for alias in aliases
    )


def _unordered_aggregate(kinds: ByType) -> str:
    for node in among(kinds, *_ORDERED_AGGREGATES, exp.Anonymous, exp.ParameterizedAgg):
        named = isinstance(node, exp.Anonymous) and node.name.lower() in _ORDERED_NAMES
        if (named or isinstance(node, _ORDERED_AGGREGATES)) and not isinstance(node.parent, exp.Window):
            return "an aggregate collects rows in no particular order"
    return ""


def _rounds(kinds: ByType, facts: Facts) -> bool:
    for node in among(
        kinds, exp.Sum, exp.Avg, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance, exp.VariancePop
    ):
        types = {column.type for c in node.find_all(exp.Column) if (column := facts.column(c))}
        if not types or types & {"real", "double precision", "float"} or not isinstance(node, (exp.Sum, exp.Avg)):
            return True
    return False
