"""The diagnostic of a mistake in the user's expression: where, what Django says, what was probably meant."""

import ast
import difflib
import re
import traceback

from . import context
from .namespace import namespace
from .rejection import FILE


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
