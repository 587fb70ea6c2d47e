"""The normal form of a query: rules that keep its meaning, then a text in which nothing accidental is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sqlglot import exp

from workbench.equivalence.normal_form.canonical import Unresolved, canonical_text
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.predicates import SCALAR_RULES
from workbench.equivalence.normal_form.queries import QUERY_RULES
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.walking import by_type, children
from workbench.verdict import Step

RULES = {kind: SCALAR_RULES.get(kind, ()) + QUERY_RULES.get(kind, ()) for kind in {**SCALAR_RULES, **QUERY_RULES}}
_ROUNDS = 6  # a rule may open the way for another; no query of the test suites needs more than three


@dataclass(frozen=True)
class NormalForm:
    """``text`` is equal for equal normal forms; ``tree`` is the rewritten query, ``steps`` how it came to be."""

    text: str
    tree: exp.Query
    steps: tuple[Step, ...]


def normal_form(query: ParsedQuery) -> NormalForm:
    """Apply the rules bottom-up until none applies, then write the canonical text."""
    tree = query.tree.copy()
    facts = Facts(query.catalog, query.dialect)
    for _ in range(_ROUNDS):
        facts.read(by_type(tree))
        taken = len(facts.steps)
        tree = cast(exp.Query, _rewrite(tree, facts))  # every rule for a query gives a query
        if len(facts.steps) == taken:
            break
    return NormalForm(canonical_text(tree), tree, tuple(facts.steps))


# what has nothing below it and no rule: half the nodes of a tree
_LEAVES = frozenset({exp.Identifier, exp.Literal, exp.Star, exp.Null, exp.Boolean, exp.Var})


def _rewrite(node: exp.Expr, facts: Facts) -> exp.Expr:
    for child in children(node):
        if type(child) not in _LEAVES:
            _rewrite(child, facts)
    for rule in RULES.get(type(node), ()):
        facts.used.clear()
        changed = rule(node, facts)
        if changed is not None:
            facts.took(rule.__name__.replace("_", " "), node, changed)
            if node.parent is not None:
                node.replace(changed)
            return changed
    return node


__all__ = ["RULES", "NormalForm", "Unresolved", "normal_form"]
