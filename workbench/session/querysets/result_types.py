"""The type that TypeScript infers of every column, beside what Django's field yields: each mismatch is a diagnostic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.records import FieldRecord, Inspection
from workbench.queries.query import Output, Query
from workbench.runtime.observation import Observation
from workbench.runtime.row_types import NOTHING, Listed, OneOf, Plain, Record, RowType, at_path, options, read_type
from workbench.runtime.row_values import stray
from workbench.runtime.typescript import QueryTypes
from workbench.session.querysets.python_types import PYTHON, Python
from workbench.session.typescript import Module, notes
from workbench.targets.drizzle.choices import offered

if TYPE_CHECKING:
    from workbench.session.querysets.query import QueryView

Types: TypeAlias = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Checked:
    """One output: its path in a row, its type there, and what is to be said of both sides."""

    output: Output
    path: str
    type: RowType
    missing: bool  # an object on the way to it may be missing

    @property
    def python(self) -> Python | None:
        """What Django's field yields; None where Django names no kind that is known here."""
        return PYTHON.get(self.output.kind)

    @property
    def parts(self) -> tuple[RowType, ...]:
        """What a value may be, other than nothing."""
        return tuple(part for part in options(self.type) if part not in NOTHING)

    @property
    def nullable(self) -> bool:
        """Whether TypeScript says that it may be null."""
        return self.missing or any(part in NOTHING for part in options(self.type)) or Plain("unknown") in self.parts

    @property
    def bases(self) -> tuple[str, ...]:
        """The types of its parts by name: of constants, those they are of."""
        return tuple(dict.fromkeys(map(base_of, self.parts)))


def base_of(part: RowType) -> str:
    """``"ebook"`` -> ``string``, ``1`` -> ``number``, ``Buffer<ArrayBufferLike>`` -> ``Buffer``."""
    if isinstance(part, Listed):
        return "array"
    if not isinstance(part, Plain):
        return "object"
    text = part.text.partition("<")[0]
    if text.startswith('"'):
        return "string"
    if text in ("true", "false"):
        return "boolean"
    bare = text.lstrip("-")
    return "number" if bare[:1].isdigit() and not bare.endswith("n") else "bigint" if bare[:1].isdigit() else text


def checked(outputs: Sequence[Output], paths: Sequence[str], types: Types) -> Iterator[Checked]:
    """Every output whose place in a row has a type."""
    row = Record({name: read_type(text) for name, text in types})
    for output, path in zip(outputs, paths, strict=False):
        found, missing = at_path(row, path.split("."))
        if found is not None:
            yield Checked(output, path, found, missing)


def typed(view: QueryView, found: QueryTypes) -> QueryView:
    """The view with the types of its columns; what does not compile is said at its line."""
    module = Module("Drizzle", view.drizzle_code)
    errors = [note for error in found.errors for note in notes(error, [module])]
    return replace(view, types=found.columns, diagnostics=(*view.diagnostics, *errors))


def type_notes(view: QueryView, observed: Observation | None, inspection: Inspection) -> tuple[Diagnostic, ...]:
    """What the types of a query's columns do not say as Django's fields do, and values that are of no such type."""
    if view.query is None:
        return ()
    fields = {f"{model.label}.{field.name}": field for model in inspection.models for field in model.fields}
    columns = checked(view.query.outputs, _paths(view), view.types)
    found = [_diagnostic(view.query, column, *said) for column in columns for said in _said(column, fields)]
    if observed is not None:
        found += [stray_value(view.query, fact) for fact in observed_strays(observed, view.types)]
    return tuple(found)


def _paths(view: QueryView) -> tuple[str, ...]:
    """Where each output stands: in a person's own query in their order; () where an output is several columns."""
    if view.query is None or any(output.kind == "CompositePrimaryKey" for output in view.query.outputs):
        return ()
    row = Record({name: read_type(text) for name, text in view.types})
    known = view.paths and all(at_path(row, path.split("."))[0] is not None for path in view.paths)
    return view.paths if known else tuple(name for name, _ in view.types)


def _said(column: Checked, fields: Mapping[str, FieldRecord]) -> Iterator[Said]:
    return (said for rule in RULES if (said := rule(column, fields)))


def stray_value(query: Query, fact: str) -> Diagnostic:
    """A value that is not of its type."""
    place, help = query.origin or Origin("queryset"), "What the driver gives decides: correct the selection's type."
    return Diagnostic("type-value", place, query.model, fact, help, Fidelity.APPROXIMATE)


Said: TypeAlias = tuple[str, str, Fidelity]  # code, fact


def _losing(column: Checked, fields: Mapping[str, FieldRecord]) -> Said | None:
    """A type that cannot hold all of the field's values."""
    lost = dict(column.python.losing) if column.python else {}
    for base in column.bases:
        if base in lost:
            name = column.python.name if column.python else ""
            return "type-loss", f"Python has {name}, TypeScript {base}: {lost[base]}", Fidelity.APPROXIMATE
    return None


def _another(column: Checked, fields: Mapping[str, FieldRecord]) -> Said | None:
    """A type of another kind."""
    python = column.python
    if python is None or not column.bases:
        return None
    lost = dict(python.losing)
    others = [base for base in column.bases if base not in (*python.typescript, *lost, "unknown", "any")]
    if others and "unknown" not in python.typescript:
        fact = f"Python has {python.name}, TypeScript {others[0]}; {' or '.join(python.typescript)} holds its values"
        return "type-other", fact, Fidelity.APPROXIMATE
    return None


def _never_null(column: Checked, fields: Mapping[str, FieldRecord]) -> Said | None:
    """NULL comes, and the type does not say so: of columns only, since Django takes any expression for nullable."""
    if column.output.nullable and not column.nullable and column.output.field is not None:
        return "type-null", "it may be None in Python, and its type has no null", Fidelity.APPROXIMATE
    return None


def _needless_null(column: Checked, fields: Mapping[str, FieldRecord]) -> Said | None:
    if column.nullable and not column.output.nullable and Plain("unknown") not in column.parts:
        return "type-null", "its type has null, and it is never None in Python", Fidelity.NOTE
    return None


def _choices(column: Checked, fields: Mapping[str, FieldRecord]) -> Said | None:
    """A union that leaves choices out, or none where the field has some."""
    field = fields.get(column.output.field or "")
    known = offered(field) if field is not None else ()
    if not known or field is None or field.relation is not None:
        return None
    said = {part.text for part in column.parts if isinstance(part, Plain)}
    wanted = {f'"{value}"' if isinstance(value, str) else str(value) for value in known}
    if said <= {"string", "number", "bigint"}:
        return "type-choices", "the field has choices, and its type is not a union of them", Fidelity.NOTE
    left = sorted(wanted - {text.removesuffix("n") for text in said})
    return ("type-choices", f"its union leaves out {', '.join(left)}", Fidelity.APPROXIMATE) if left else None


RULES = (_losing, _another, _never_null, _needless_null, _choices)


def _diagnostic(query: Query, column: Checked, code: str, fact: str, fidelity: Fidelity) -> Diagnostic:
    place = query.origin or Origin("queryset")
    thing = column.output.field or column.output.name
    return Diagnostic(code, place, thing, fact, _HELP.get(code, ""), fidelity)


_HELP = {
    "type-loss": "Select the column in the mode of the generated schema.",
    "type-null": "Give the selection the type that holds null where the value can be, and only there.",
}


def observed_strays(observed: Observation, types: Types) -> Iterator[str]:
    """Values that are not of the types that TypeScript gave them: the driver gave something else."""
    row = Record({name: read_type(text) for name, text in types})
    for at, path in enumerate(observed.columns):
        found, missing = at_path(row, path.split("."))
        if found is None:
            continue
        type_ = OneOf((found, Plain("null"))) if missing else found
        for cells in observed.rows:
            if text := stray(cells[at], type_, path):
                yield f"{text}, where its type is {shown(found)}"
                break


def shown(found: RowType) -> str:
    """A type without the parts of its objects."""
    if isinstance(found, OneOf):
        return " | ".join(map(shown, found.options))
    if isinstance(found, Listed):
        return f"{shown(found.element)}[]"
    return found.text if isinstance(found, Plain) else "an object"
