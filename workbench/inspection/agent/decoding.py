"""What Django makes of the driver's values: its own converters decode rows, those of the project's fields are named.

A ``from_db_value`` of the project (or of a package it uses) makes Python objects that no other language has: rows are
compared as they are before it, and each such field is a diagnostic.
"""

from . import context
from .describing import expressions
from .guard_functions import origin


def decoded(compiler, found):
    """Rows as Django's own converters leave them, cut to the outputs (columns only ORDER BY needs come last)."""
    wanted = [expression for expression, _ in expressions(compiler)]
    found = [row[: len(wanted)] for row in found]
    converters = {
        index: ([djangos(converter) for converter in given], expression)
        for index, (given, expression) in compiler.get_converters(wanted).items()
    }
    return compiler.apply_converters(found, converters) if converters else found


def custom(compiler):
    """A diagnostic for each field whose values the project decodes in a way of its own."""
    connection, named = compiler.connection, {}
    for expression, _ in expressions(compiler):
        for converter in expression.get_db_converters(connection):
            if not _is_djangos(converter):
                named.setdefault(_field(expression, converter), converter)
    return [_diagnostic(field, converter) for field, converter in named.items()]


def _is_djangos(converter):
    return (getattr(converter, "__module__", None) or "").partition(".")[0] == "django"


def djangos(converter):
    """The converter, or for a project's the one of the Django class that it refines."""
    if _is_djangos(converter):
        return converter
    owner = getattr(converter, "__self__", None)
    for kind in type(owner).__mro__:
        inherited = vars(kind).get(converter.__name__)
        if inherited is not None and _is_djangos(inherited):
            return inherited.__get__(owner)
    return _unchanged


def _unchanged(value, expression, connection):
    return value


def _field(expression, converter):
    field = getattr(expression, "target", None)
    return "%s.%s" % (field.model._meta.label, field.name) if field is not None else type(converter.__self__).__name__


def _diagnostic(field, converter):
    kind = type(getattr(converter, "__self__", converter))
    fact = "%s.%s makes Python objects of the database's values" % (kind.__name__, converter.__name__)
    help = "rows are compared before it; give the column a customType with this decoding, or decode where it is used"
    place = origin(converter)
    return context.diagnostic(
        "queryset-decoding", place["name"], field, fact, help, "approximate", place["file"], place["line"]
    )
