"""Evaluating an expression of the user in the project, with every model and Django's query API by name."""

import ast
import difflib
import importlib
import re
import traceback

from . import context, standing
from .rejection import FILE, Rejected


def evaluate(text):
    """The value of the last expression of ``text``; earlier statements run first."""
    names = namespace()
    try:
        tree = ast.parse(text, FILE)
        if not tree.body or not isinstance(tree.body[-1], ast.Expr):
            raise Rejected(_not_an_expression(text))
        last = tree.body.pop().value
        exec(compile(tree, FILE, "exec"), names)
        return eval(compile(ast.Expression(last), FILE, "eval"), names)
    except Rejected:
        raise
    except Exception as error:
        raise Rejected(diagnose(text, error)) from error


def evaluate_call(text):
    """(receiver, method, positional, named) of the method call that ends ``text``: all evaluated, and not called.

    ``*variable("x")`` stays the variable.
    """
    names = namespace()
    tree = ast.parse(text, FILE)
    call = tree.body.pop().value
    exec(compile(tree, FILE, "exec"), names)
    receiver = _value(call.func.value, names)
    positional = []
    for argument in call.args:
        starred = isinstance(argument, ast.Starred)
        value = _value(argument.value if starred else argument, names)
        if starred and isinstance(value, standing.Variable):
            value.starred = True
            positional.append(value)
        else:
            positional += list(value) if starred else [value]
    named = {}
    for keyword in call.keywords:
        value = _value(keyword.value, names)
        named.update({keyword.arg: value} if keyword.arg else value)
    return receiver, call.func.attr, positional, named


def _value(node, names):
    return eval(compile(ast.Expression(node), FILE, "eval"), names)


def outermost(text):
    """What ends the expression: "count" of ``….count()``, "list()" of ``list(…)``, "[]" of an index, or ""."""
    node = ast.parse(text, FILE).body[-1].value
    if isinstance(node, ast.Subscript):
        return "[]"
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "") + "()"


def namespace():
    """What an expression can name: Django's query API, then models (by name, and by ``app_Model`` where shared)."""
    names = {}
    for module in _modules():
        exported = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
        names.update({name: getattr(module, name) for name in exported})
    names.update(_unexported_names())
    names.update(_standard_names())
    names.update(_model_names())
    names.update(standing.names())
    return names


def _modules():
    from django.contrib.auth import get_user_model  # noqa: F401  (proves that the registry is ready)
    from django.db import models
    from django.db.models import functions

    yield models
    yield functions
    if context.dialect() == "postgres":
        yield from _postgres_modules()


def _postgres_modules():
    try:
        from django.contrib.postgres import aggregates, expressions, search
    except ImportError:  # no driver: then PostgreSQL's own expressions cannot be written either
        return
    yield from (aggregates, expressions, search)


_UNEXPORTED = (
    ("django.db.models.expressions", ("RawSQL",)),
    ("django.db.models.fields.json", ("KT",)),
    ("django.db.backends.postgresql.psycopg_any", ("DateRange", "DateTimeTZRange", "NumericRange")),
)


def _unexported_names():
    """What Django documents under a module that has no list of its exports; older ones have fewer."""
    found = {}
    for name, wanted in _UNEXPORTED:
        try:
            module = importlib.import_module(name)
        except ImportError:  # no driver, or an older Django
            continue
        found.update({item: getattr(module, item) for item in wanted if hasattr(module, item)})
    return found


def _standard_names():
    import datetime
    import decimal
    import uuid

    from django.contrib.auth import get_user_model
    from django.db.models.functions import Coalesce
    from django.utils import timezone

    return {
        "Coalesce": Coalesce,
        "Decimal": decimal.Decimal,
        "UUID": uuid.UUID,
        "date": datetime.date,
        "datetime": datetime.datetime,
        "get_user_model": get_user_model,
        "time": datetime.time,
        "timedelta": datetime.timedelta,
        "timezone": timezone,
        "uuid": uuid,
    }


def _model_names():
    from django.apps import apps

    names, shared = {}, {}
    for model in apps.get_models(include_auto_created=True):
        shared.setdefault(model.__name__, []).append(model)
        names[model._meta.app_label + "_" + model.__name__] = model
    own = {name: _preferred(models) for name, models in shared.items()}
    names.update(own)
    return names


def _preferred(models):
    """Of several models of one name, one of the project's own apps; the others go by ``app_Model``."""
    from . import places

    own = [model for model in models if places.is_own(getattr(_module_of(model), "__file__", None))]
    return (own or models)[0]


def _module_of(model):
    import sys

    return sys.modules.get(model.__module__)


def _not_an_expression(text):
    return context.diagnostic(
        "queryset-no-expression",
        FILE,
        text.strip().splitlines()[-1] if text.strip() else "",
        "no expression at the end",
        "end with the queryset itself, for example Book.objects.all()",
        "error",
    )


def diagnose(text, error):
    """The diagnostic of a mistake in the user's expression: where, what Django says, what was probably meant."""
    line, column = _position(text, error)
    code = _CODES.get(type(error).__name__, "queryset-fails")
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    where = "line %d" % line + (", column %d" % column if column else "")
    thing = _thing(text, error) or outermost_text(text, line)
    fact = "%s (%s: %s)" % (where, type(error).__name__, message)
    return context.diagnostic(code, FILE, thing, fact, _help(error), "error", FILE, line)


def outermost_text(text, line):
    """The line of the user's text that the error points to."""
    lines = text.splitlines()
    return lines[line - 1].strip() if 0 < line <= len(lines) else text.strip()


def _position(text, error):
    """(line, column), from 1; column 0 where only the line is known."""
    if isinstance(error, SyntaxError):
        return error.lineno or 1, error.offset or 0
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    line = lines[-1] if lines else ast.parse(text, FILE).body[-1].lineno
    thing = _thing(text, error)
    return line, outermost_text(text, line).find(thing) + 1 if thing else 0


def _thing(text, error):
    """The word of the user's text that the message quotes first."""
    if isinstance(error, SyntaxError):
        return ""
    return next((word for word in re.findall(r"'([^']+)'", str(error)) if word in text), "")


def _help(error):
    found = re.search(r"'(\w+)'.*Choices are: (.*)", str(error), re.DOTALL)
    if found:
        near = difflib.get_close_matches(found.group(1), found.group(2).rstrip(".").split(", "), 3)
        return "did you mean %s?" % " or ".join(near) if near else ""
    if isinstance(error, NameError):
        near = difflib.get_close_matches(str(error).split("'")[1], namespace(), 3, 0.7)
        return "did you mean %s?" % " or ".join(near) if near else "models go by their class name, or by app_Model"
    return ""


_CODES = {
    "AttributeError": "queryset-attribute",
    "FieldDoesNotExist": "queryset-field",
    "FieldError": "queryset-field",
    "IndentationError": "queryset-syntax",
    "NameError": "queryset-name",
    "SyntaxError": "queryset-syntax",
    "TypeError": "queryset-type",
    "ValueError": "queryset-value",
}
