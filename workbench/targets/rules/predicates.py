"""One predicate in TypeScript: a constant with its question, a filter, and its way back to Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.policies.condition import Condition
from workbench.policies.grants import CODENAME
from workbench.policies.translating import Translated
from workbench.targets.rules.contexts import needs_object
from workbench.targets.rules.filters import row_filter
from workbench.targets.rules.questions import Subject, question
from workbench.targets.rules.row_tests import Aliases, NoFilter
from workbench.targets.typescript import WIDTH as _WIDTH
from workbench.targets.typescript import (
    Arrow,
    Const,
    Expression,
    Literal,
    Name,
    call,
    comment,
    flat,
    method,
    print_statement,
)

REFUSED: Expression = method(Name("Filter"), "refused")
_USER = Name("viewer")


@dataclass(frozen=True)
class Written:
    """``text`` declares the constant ``name``, and its filter where it has one; ``filter`` is how a rule uses that."""

    name: str
    text: str
    origin: Origin
    filter: Expression
    condition: Condition | None = None  # None: a stub that denies
    names: frozenset[str] = frozenset()  # that the filter's declaration refers to
    diagnostics: tuple[Diagnostic, ...] = ()
    asked: Expression | None = None  # how a rule names it, where that is more than its name


def write_predicate(name: str, found: Translated, subject: Subject, context: str, aliases: Aliases) -> Written:
    """The predicate called ``name``; a stub that denies, with its Python beside it, where there is no translation."""
    if found.condition is None:
        return _stub(name, found, found.reason, found.line)
    try:
        if needs_object(found.condition):
            return _about_object(name, found, found.condition, subject, context, aliases)
    except KeyError as error:
        return _stub(name, found, f"the schema does not hold {error.args[0]}", None)
    text = _declared(name, found, "predicate", f"(user) => {question(found.condition, subject)}")
    filter = method(Name("Filter"), "user", Name(name), _USER)
    return Written(name, text, found.body.origin, filter, found.condition)


def write_granted(name: str, found: Translated, subject: Subject, context: str, aliases: Aliases) -> Written:
    """guardian's grants on objects of one model, as a predicate for each codename; ``found`` is about ``CODENAME``."""
    assert found.condition is not None
    about = question(found.condition, subject)
    try:
        rows: Expression = Arrow(("viewer: User", "codename: string"), row_filter(found.condition, subject, aliases))
    except (NoFilter, KeyError) as error:
        return _stub(name, found, f"the schema does not hold {error.args[0]}", None)
    asked = f"(user, {subject.variable}) => {subject.variable} !== undefined && {about}"
    text = f"// django-guardian's grants\nexport const {name} = (codename: string) =>\n"
    text += f"  predicate<{context}>(`granted:${{codename}}`, {asked});\n"
    text += print_statement(Const(f"{name}Rows", rows)) + "\n"
    text = text.replace(flat(Literal(CODENAME)), "codename")
    return Written(name, text, found.body.origin, REFUSED, found.condition, names=frozenset(_names(rows)))


def of_codename(written: Written, codename: str) -> Written:
    """The predicate of one permission."""
    if written.asked is None and written.diagnostics:
        return written
    filter = call(f"{written.name}Rows", _USER, Literal(codename))
    return replace(written, asked=call(written.name, Literal(codename)), filter=filter)


def _stub(name: str, found: Translated, reason: str, line: int | None) -> Written:
    body = found.body
    label = body.label or body.name
    value = call("untranslated", Literal(label), Literal(reason))
    head = f"{comment(str(body.origin))}\n{comment(body.source or 'its source text is not known')}\n"
    text = head + print_statement(Const(name, value, exported=True)) + "\n"
    place = Origin(body.name, body.origin.file, line or body.origin.line)
    help = f"write {name} by hand; until then it denies"
    gap = Diagnostic("rules-untranslated", place, label, reason, help, Fidelity.MANUAL)
    return Written(name, text, body.origin, REFUSED, diagnostics=(gap,))


def _about_object(
    name: str, found: Translated, condition: Condition, subject: Subject, context: str, aliases: Aliases
) -> Written:
    asked = f"(user, {subject.variable}) => {question(condition, subject)}"
    text = _declared(name, found, f"predicate<{context}>", asked)
    try:
        rows = Arrow(("viewer: User",), row_filter(condition, subject, aliases))
    except NoFilter as reason:
        label = found.body.label or found.body.name
        help = f"write the filter of {name} by hand; until then lists that ask it are empty"
        gap = Diagnostic("rules-no-filter", found.body.origin, label, str(reason), help, Fidelity.MANUAL)
        return Written(name, text, found.body.origin, REFUSED, condition, diagnostics=(gap,))
    text += print_statement(Const(f"{name}Rows", rows)) + "\n"
    names = frozenset(_names(rows))
    return Written(name, text, found.body.origin, call(f"{name}Rows", _USER), condition, names)


def _declared(name: str, found: Translated, function: str, asked: str) -> str:
    """The constant, on one line where it fits."""
    label = flat(Literal(found.body.label or found.body.name))
    head = f"{comment(str(found.body.origin))}\nexport const {name} = {function}("
    line = f"{head}{label}, {asked});\n"
    if len(line.splitlines()[-1]) <= _WIDTH:
        return line
    return f"{head}\n  {label},\n  {asked},\n);\n"


def _names(node: object) -> Iterator[str]:
    """The names in an expression."""
    if isinstance(node, Name):
        yield node.text
    elif isinstance(node, tuple):
        for part in node:
            yield from _names(part)
    elif is_dataclass(node):
        for part in fields(node):
            yield from _names(getattr(node, part.name))
