"""Why the rows of a query may vary from run to run."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.counterexample.totality import is_total, name_of
from workbench.equivalence.normal_form.dependencies import closure
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.volatility import reads_the_clock, volatile_calls
from workbench.equivalence.walking import ByType, among, has


def limited(query: exp.Expr) -> bool:
    return any(query.args.get(part) for part in ("limit", "offset", "fetch"))


_ORDERED_AGGREGATES = (exp.ArrayAgg, exp.GroupConcat, exp.JSONArrayAgg, exp.First, exp.Last)
_ORDERED_NAMES = ("string_agg", "json_agg", "jsonb_agg", "group_concat", "json_group_array", "jsonb_object_agg")
_RANKS = (exp.RowNumber, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue, exp.Ntile)


def nondeterminism_of(query: ParsedQuery, facts: Facts) -> str:
    """Why the rows themselves may vary from run to run; empty where they cannot."""
    tree, kinds = query.tree, query.kinds
    if volatile := volatile_calls(kinds):
        return f"{volatile[0]}() answers differently on each call"
    if facts.dialect == "sqlite" and (
        reads_the_clock(kinds) or any(n.name == "now" for n in kinds.get(exp.Literal, ()))
    ):
        return "SQLite reads the clock anew for each statement"
    for inner in among(kinds, exp.Query):
        if inner is not tree and limited(inner) and not is_total(inner, facts) and not _only_existence(inner):
            return "LIMIT without a total ORDER BY in a subquery picks among ties"
        distinct = inner.args.get("distinct")
        if isinstance(distinct, exp.Distinct) and distinct.args.get("on") and not is_total(inner, facts):
            return "DISTINCT ON without a total ORDER BY picks among ties"
    windows = among(kinds, exp.Window)
    if any(has(window, *_RANKS) for window in windows) and not all(_window_is_total(w, facts) for w in windows):
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
    known = closure({name_of(k) for k in keys if isinstance(k, exp.Column)}, select, facts)
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
