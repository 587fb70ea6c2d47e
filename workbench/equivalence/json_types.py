"""The type that a function of JSON returns, where the text says it: sqlglot takes its name for a column."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.walking import ByType

_TYPES = ("json", "jsonb")


def name_returned_types(kinds: ByType) -> None:
    """``RETURNING JSONB`` names a type."""
    for node in kinds.get(exp.JSONObject, ()):
        named = node.args.get("return_type")
        if isinstance(named, exp.Column) and not named.table and named.name.lower() in _TYPES:
            node.set("return_type", exp.DataType.build(named.name.lower(), dialect="postgres"))
            kinds[exp.Column] = [column for column in kinds[exp.Column] if column is not named]
