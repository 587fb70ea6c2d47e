"""Calls of functions and operators: rows of the tables, with constants typed by their neighbours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.names import camel
from workbench.targets.drizzle.queries import constants, functions
from workbench.targets.drizzle.queries.constants import MISSING, value_of
from workbench.targets.drizzle.queries.functions import Function
from workbench.targets.drizzle.queries.result_types import call_type, common_type
from workbench.targets.drizzle.queries.scalars import Node, Write, operand, scalar
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.typescript import Array, Expression, Literal

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

_NAME = re.compile(r"[a-z_][a-z0-9_]*\Z")


def _function(m: Module, node: Node, scope: Scope) -> Term:
    row = functions.FUNCTIONS[type(node)]
    return call(m, row, _arguments(node, row), scope)


def _named(m: Module, node: Node, scope: Scope) -> Term:
    """A function by its name; one that is in no table is a project's own, and keeps its name."""
    name = node.name.lower()
    if not _NAME.match(name):
        raise Untranslatable(node.sql("postgres"), f"the function's name {node.name!r} cannot be written safely")
    row = functions.NAMED.get(name)
    if row is None:
        codes = [constants_typed(m, item, scope) for item in node.expressions]
        return Term(m.w.helper("call", Literal(name), *codes))
    return call(m, named_row(name, row), node.expressions, scope)


def named_row(name: str, row: Function) -> Function:
    """The row with its helper's name."""
    return row if row.helper else Function(camel(name), row.type, row.arguments, row.parameter)


def constants_typed(m: Module, node: Node, scope: Scope) -> Expression:
    """A function that nobody knows gets constants of the type that Django's driver would write."""
    return operand(m, node, scope)


def _arguments(node: Node, row: Function) -> list[Node]:
    found: list[Node] = []
    for name in row.arguments:
        part = node.args.get(name)
        found += part if isinstance(part, list) else [part] if part is not None else []
    return found


def call(m: Module, row: Function, nodes: list[Node], scope: Scope) -> Term:
    """A call of the row's helper."""
    terms = [scalar(m, node, scope) if value_of(m.w, node) is MISSING else None for node in nodes]
    known = next((term.type for term in terms if term and term.type), "")
    first = _first_type(m, nodes, terms)
    partner = known if row.type == "=" and row.helper not in ("lag", "lead", "nthValue") else ""
    typed = _alone(m, row, nodes, terms)
    codes = [
        term.code if term else typed or _argument(m, node, scope, row, partner if i or not terms[0] else first)
        for i, (node, term) in enumerate(zip(nodes, terms, strict=True))
    ]
    nullable = any(term is None or term.nullable for term in terms)
    return Term(m.w.helper(row.helper, *codes), _type(m, row, nodes, terms, first), nullable=nullable)


def _alone(m: Module, row: Function, nodes: list[Node], terms: list[Term | None]) -> Expression | None:
    """A single constant has no neighbour that could type it."""
    if row.type == "=" and len(nodes) == 1 and terms[0] is None:
        value = value_of(m.w, nodes[0])
        if isinstance(value, str):
            return constants.cast(m.w, Literal(value), "text").code
    return None


def _argument(m: Module, node: Node, scope: Scope, row: Function, partner: str) -> Expression:
    value = value_of(m.w, node)
    if row.parameter and (isinstance(value, str) or constants.type_of(value) == row.parameter):
        return constants.cast(m.w, operand(m, node, scope, row.parameter), row.parameter).code
    return operand(m, node, scope, partner)


def _first_type(m: Module, nodes: list[Node], terms: list[Term | None]) -> str:
    if not nodes:
        return ""
    return terms[0].type if terms[0] else constants.type_of(value_of(m.w, nodes[0]))


def _type(m: Module, row: Function, nodes: list[Node], terms: list[Term | None], first: str) -> str:
    if row.helper in ("log", "round") and len(nodes) == 2:
        return "numeric"  # PostgreSQL has it for no other type
    if row.helper not in ("coalesce", "greatest", "least"):
        return call_type(row, first)
    kinds = [term.type if term else constants.type_of(value_of(m.w, n)) for n, term in zip(nodes, terms, strict=True)]
    typed = [kind for kind, term in zip(kinds, terms, strict=True) if kind or term]  # bare text takes the others' type
    return common_type(typed) if typed else "text"


def _json_object(m: Module, node: Node, scope: Scope) -> Term:
    pairs = [Array((operand(m, pair.this, scope), operand(m, pair.expression, scope))) for pair in node.expressions]
    return Term(m.w.helper("jsonObject", *pairs), "jsonb", nullable=False)


def _json_array(m: Module, node: Node, scope: Scope) -> Term:
    helper = "jsonArrayWithNulls" if node.args.get("null_handling") == "NULL ON NULL" else "jsonArray"
    return Term(m.w.helper(helper, *(operand(m, item, scope) for item in node.expressions)), "jsonb", nullable=False)


WRITERS: dict[type[Node], Write] = {
    exp.Anonymous: _named,
    exp.JSONObject: _json_object,
    exp.JSONArray: _json_array,
    **dict.fromkeys(functions.FUNCTIONS, _function),
}
