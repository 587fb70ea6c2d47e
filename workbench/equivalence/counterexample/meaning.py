"""What a query promises about its answer: rows as a bag, an order, or only how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from sqlglot import exp

from workbench.equivalence.counterexample.nondeterminism import limited, nondeterminism_of
from workbench.equivalence.counterexample.totality import is_bare, is_total, position
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.first_rows import FIRST_ROW, a_value_may_have_several_rows
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.walking import ByType, among

SortKey: TypeAlias = int  # position in the select list


@dataclass(frozen=True)
class Meaning:
    """``ordered``: an ORDER BY at the top; ``total``: it leaves no tie between different rows; ``keys``: the leading
    order keys as output positions (None: no order); ``rounds``: a float aggregate's last digits may vary;
    ``several_rows``: a subquery as a value may have them."""

    ordered: bool
    total: bool
    keys: tuple[SortKey, ...] | None
    count_is_fixed: bool
    bag_is_fixed: bool
    rounds: bool
    several_rows: bool
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
    several = a_value_may_have_several_rows(query.kinds, facts)
    first_row = FIRST_ROW if several and query.dialect == "sqlite" else ""
    inner = nondeterminism_of(query, facts) or first_row
    cut = limited(tree) and not total
    reason = inner or ("LIMIT without a total ORDER BY picks among ties" if cut else "")
    ordered = bool(tree.args.get("order"))
    keys = _keys(tree) if ordered else None
    rounds = _rounds(query.kinds, facts)
    return Meaning(ordered, ordered and total, keys, not inner, not inner and not cut, rounds, several, reason)


def _keys(query: exp.Expr) -> tuple[SortKey, ...]:
    """Output positions of the leading order keys, as far as they are outputs."""
    found: list[int] = []
    listed = [part.unalias() for part in query.selects] if isinstance(query, exp.Query) else []
    for key in query.args["order"].expressions:
        node = key.this
        if is_bare(node) or isinstance(query, exp.SetOperation):
            place = position(node, query)
        else:
            place = listed.index(node) if node in listed else -1
        if place < 0:
            break
        found.append(place)
    return tuple(found)


def _rounds(kinds: ByType, facts: Facts) -> bool:
    for node in among(
        kinds, exp.Sum, exp.Avg, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance, exp.VariancePop
    ):
        types = {column.type for c in node.find_all(exp.Column) if (column := facts.column(c))}
        if not types or types & {"real", "double precision", "float"} or not isinstance(node, (exp.Sum, exp.Avg)):
            return True
    return False
