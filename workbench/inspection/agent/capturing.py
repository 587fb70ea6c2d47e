"""Stopping Django at the moment it would run a query: the compiler in hand is exactly the one it would execute."""

import os

from . import context, intercepting, writing
from .evaluating import evaluate, outermost
from .expression_errors import diagnose
from .intercepting import INTENTS, Captured, Watch, watching
from .raw_queries import Raw
from .rejection import FILE, Rejected

_ITERATING = ("list()", "tuple()", "set()", "iter()", "len()", "bool()", "sorted()", "[]")


def capture(text):
    """The ``Captured`` query of an expression, or a ``Raw`` one; raises Rejected where there is none."""
    watch, value = Watch(), None
    with watching(watch, _ending(text)):
        try:
            value = _queryset(text, evaluate(text), watch)
            if isinstance(value, Raw):
                return value
            if watch.method != "iterator":
                watch.queryset, watch.method = value, ""
            list(value)
        except Captured as captured:
            if value is None and not _ends(text, captured, watch):
                fact = "%s runs a query, and the expression goes on with its result" % (
                    watch.method + "()" if watch.method else "a loop"
                )
                help = "translate the two queries one by one"
                raise Rejected(_note("queryset-goes-on", text, fact, help, "unsupported")) from captured
            _require_own(captured, value, text)
            captured.intent, captured.queryset = _intent(captured, watch), watch.queryset
            captured.pieces, captured.explain = watch.method == "iterator", watch.explain
            return captured
        except Rejected:
            raise
        except Exception as error:  # Django finds some mistakes only when it compiles
            raise Rejected(diagnose(text, error)) from error
    raise Rejected(_note("queryset-no-query", text, "it runs no query at all", "", "note"))


def _ending(text):
    """The method that ends the expression; "" where the text is no expression."""
    try:
        return outermost(text)
    except (SyntaxError, AttributeError, IndexError):
        return ""


def _require_own(captured, value, text):
    """Rejected where what was captured is a query that Django runs before the queryset's own."""
    from django.db.models.query import QuerySet

    other = getattr(captured.compiler.query, "model", None)
    if isinstance(value, QuerySet) and other is not None and other is not value.model:
        fact = "Django asks for rows of %s before it can compile it" % other._meta.label
        help = "translate the two queries one by one"
        raise Rejected(_note("queryset-goes-on", text, fact, help, "unsupported"))


def _intent(captured, watch):
    """What the caller does with the rows, or the kind of write."""
    written = writing.QUERIES.get(type(captured.compiler.query).__name__)
    if watch.method in writing.METHODS and not written:
        fact = "Django reads the keys of the rows first: it is more than one statement"
        raise Rejected(_note("queryset-write", watch.method + "()", fact, "", "unsupported"))
    return written or INTENTS.get(watch.method, "rows")


def _ends(text, captured, watch):
    """Whether the captured query is the expression's last act."""
    method = outermost(text)
    last = method in _ITERATING if watch.method in ("", "iterator") else method == watch.method
    return last or _in_own_code(captured)


def _in_own_code(captured):
    """Whether a function that the expression calls last ran the query, and not the expression itself."""
    trace, files = captured.__traceback__, []
    while trace:
        files.append(trace.tb_frame.f_code.co_filename)
        trace = trace.tb_next
    if FILE not in files:  # a manager that asks for rows before it gives a queryset
        return False
    called = files[max(i for i, file in enumerate(files) if file == FILE) + 1]
    return called != intercepting.__file__ and os.path.join("django", "db", "models") not in called


def _queryset(text, value, watch):
    """The queryset of an expression's value; Rejected says what it is instead."""
    from django.db.models import Manager, Model
    from django.db.models.query import QuerySet, RawQuerySet

    if isinstance(value, QuerySet):
        return value._chain()
    if isinstance(value, Manager):
        return value.all()
    if isinstance(value, RawQuerySet):
        return Raw(value)
    if watch.method == "iterator" and hasattr(value, "gi_frame"):
        return value
    if watch.method:
        raise Rejected(_note("queryset-no-query", text, "%s() answers without a query" % watch.method, "", "note"))
    if isinstance(value, type) and issubclass(value, Model):
        help = "write %s.objects.all()" % value.__name__
        raise Rejected(_note("queryset-not-a-queryset", text, "this is the model class %s" % value.__name__, help))
    if hasattr(value, "close") and hasattr(value, "cr_code"):
        value.close()
        raise Rejected(_note("queryset-async", text, "this is a coroutine", "use the method without its leading a"))
    fact = "this is a value of type %s, not a queryset" % type(value).__name__
    raise Rejected(_note("queryset-not-a-queryset", text, fact, "end with a queryset or a call like .count()"))


def _note(code, thing, fact, help="", fidelity="error"):
    return context.diagnostic(code, FILE, thing.strip(), fact, help, fidelity)
