"""Evaluating an expression of the user in the project, with every model and Django's query API by name."""

import ast

from . import context, standing
from .expression_errors import diagnose
from .namespace import namespace
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


def _not_an_expression(text):
    return context.diagnostic(
        "queryset-no-expression",
        FILE,
        text.strip().splitlines()[-1] if text.strip() else "",
        "no expression at the end",
        "end with the queryset itself, for example Book.objects.all()",
        "error",
    )
