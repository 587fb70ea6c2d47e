"""SQL texts of Django's expressions and constraints, printed without a connection."""

from django.db import connections
from django.db.models.sql import Query

from . import context


def connection():
    """The connection whose dialect is inspected; nothing here opens it."""
    return context.CURRENT.get("connection") or connections["default"]


def editor():
    """Django's schema editor, which only prints."""
    return connection().schema_editor(collect_sql=True, atomic=False)


def expression_sql(expression, model):
    """An expression over one table's columns, unqualified, its values quoted into the text."""
    query = Query(model, alias_cols=False)
    resolved = expression.resolve_expression(query, allow_joins=False)
    return quoted(*query.get_compiler(connection=connection()).compile(resolved))


def condition_sql(q, model):
    """A Q object as the WHERE text of a constraint or an index."""
    query = Query(model, alias_cols=False)
    where = query.build_where(q)
    return quoted(*where.as_sql(query.get_compiler(connection=connection()), connection()))


def quoted(sql, params):
    """The text with its parameters as literals, as Django's own constraints do it."""
    return str(sql) % tuple(literal(param) for param in params)


def executed(sql, params):
    """The text that a database would get for ``editor.execute(sql, params)``."""
    if params is None:
        return str(sql)
    return quoted(sql, params) if params else str(sql).replace("%%", "%")  # a lone % is no placeholder


def literal(value):
    """A value as a SQL literal of the dialect."""
    quote = editor().quote_value
    text = quote(value)
    doubles = isinstance(value, str) and "%%" in quote("%")  # until Django 5.0, for a formatting that does not follow
    return text.replace("%%", "%") if doubles else text
