"""Names in a schema's text: folded as the dialect folds them, and refused in one clear line."""

from __future__ import annotations

from sqlglot import exp

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError


def fold(identifier: exp.Expr, dialect: Dialect) -> str:
    """The name as the database stores it: PostgreSQL lowers what is not quoted, SQLite keeps what was written."""
    node = identifier
    while not isinstance(node, exp.Identifier) and isinstance(node.this, exp.Expr):
        node = node.this
    quoted = isinstance(node, exp.Identifier) and node.quoted
    return node.name if quoted or dialect == "sqlite" else node.name.lower()


def refuse(thing: str, fact: str) -> WorkbenchError:
    """The error to raise for a schema that cannot be read."""
    return WorkbenchError(Diagnostic("schema.unreadable", Origin("schema"), thing, fact, fidelity=Fidelity.ERROR))
