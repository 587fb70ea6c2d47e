"""What Django does with a field in Python, said in a line: the database and Drizzle do not do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workbench.inspection.records import FieldRecord

# what the column's own type, length or check already says
_IMPLIED = ("MaxLengthValidator", "DecimalValidator", "ProhibitNullCharactersValidator", "validate_ipv46_address",
            "validate_ipv4_address", "validate_ipv6_address", "ArrayMaxLengthValidator")  # fmt: skip

LABELS_WIDTH = 100  # characters; longer lists of labels are left to the Django side


def column_comments(field: FieldRecord, has_default: bool) -> Iterator[str]:
    """The comment lines of a column, in a fixed order."""
    for rule in _RULES:
        text = rule(field, has_default)
        if text:
            yield text


def _verbose(field: FieldRecord, has_default: bool) -> str:
    """The help text is documentation; it stays."""
    return " ".join(field.help_text.split())


def _choices(field: FieldRecord, has_default: bool) -> str:
    text = "choices: " + ", ".join(f"{value} = {label}" for value, label in field.choices if value is not None)
    return text if field.choices and len(text) <= LABELS_WIDTH else ""


def _automatic(field: FieldRecord, has_default: bool) -> str:
    if field.auto_now:
        return "auto_now: Django sets it at every save(), not in update()"
    return "auto_now_add: Django sets it when the row is made" if field.auto_now_add else ""


def _default(field: FieldRecord, has_default: bool) -> str:
    if has_default or field.default is None or field.default.callable is None:
        return ""
    return f"default: {field.default.callable}(), to be written as $defaultFn"


def _validators(field: FieldRecord, has_default: bool) -> str:
    names = [item for item in field.validators if not item.partition("(")[0].endswith(_IMPLIED)]
    shown = ", ".join(_short(item) for item in names)
    return f"Django validates in Python: {shown}" if shown else ""


def _short(validator: str) -> str:
    path, parenthesis, arguments = validator.partition("(")
    text = path.rsplit(".", 1)[-1] + parenthesis + arguments
    return text if len(text) <= LABELS_WIDTH else path.rsplit(".", 1)[-1]


def _files(field: FieldRecord, has_default: bool) -> str:
    return "the file's name in its storage" if field.kind in ("FileField", "ImageField") else ""


_RULES: tuple[Callable[[FieldRecord, bool], str], ...] = (
    _verbose, _choices, _automatic, _default, _validators, _files,
)  # fmt: skip


def on_delete_comment(field: FieldRecord) -> str:
    """What deleting the target does, where Django does it and the database does not."""
    action = field.relation.on_delete if field.relation else None
    if action is None or action == "DO_NOTHING":
        return ""
    return f"on_delete={action}: Django's work; the database refuses (NO ACTION)"
