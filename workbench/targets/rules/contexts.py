"""What an object has to bring for its predicates to be asked: an interface a model, with no more than they read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workbench.policies.condition import Attribute, Choice, Condition, Either, Every, Match, Negated, Some
from workbench.targets.rules.properties import Properties
from workbench.targets.typescript import key

_TYPES = {"integer": "number", "text": "string", "boolean": "boolean"}


@dataclass
class Shape:
    """The properties of one object: columns with their types, objects it refers to, rows that refer to it."""

    columns: dict[str, str] = field(default_factory=dict)
    objects: dict[str, Shape] = field(default_factory=dict)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    def text(self, indent: int = 1) -> str:
        """The type, over several lines."""
        margin = "  " * indent
        lines = [f"{margin}readonly {key(name)}: {kind};" for name, kind in sorted(self.columns.items())]
        lines += [f"{margin}readonly {key(name)}: {shape.text(indent + 1)};" for name, shape in self.objects.items()]
        lines += [f"{margin}readonly {key(name)}: readonly {_row(row)}[];" for name, row in self.rows.items()]
        return "{\n" + "".join(f"{line}\n" for line in lines) + "  " * (indent - 1) + "}"


def shape_of(model: str, conditions: Iterable[Condition], properties: Properties) -> Shape:
    """The shape that all these conditions about objects of ``model`` read."""
    shape = Shape()
    for condition in conditions:
        for part in leaves(condition):
            if isinstance(part, Some):
                _add_rows(part, _inside(shape, model, part.through, properties), properties)
            else:
                holder = _inside(shape, model, part.through, properties)
                holder.columns[properties.column(part.model, part.field)] = _type(part)
    return shape


def _inside(shape: Shape, model: str, through: Sequence[str], properties: Properties) -> Shape:
    for step in properties.steps(model, through):
        shape = shape.objects.setdefault(step.property, Shape())
    return shape


def _add_rows(part: Some, holder: Shape, properties: Properties) -> None:
    row = holder.rows.setdefault(properties.rows(part.model, part.link), {})
    for match in part.where:
        row[properties.column(part.model, match.field)] = _type(match)


def _type(part: Attribute | Match) -> str:
    return _TYPES[part.type] + (" | null" if part.nullable else "")


def _row(row: dict[str, str]) -> str:
    return (
        f"{{ {' '.join(f'readonly {key(name)}: {kind};' for name, kind in sorted(row.items()))} }}" if row else "object"
    )


def leaves(condition: Condition) -> Iterator[Attribute | Some]:
    """The attributes and the rows that a condition reads."""
    if isinstance(condition, Some):
        yield condition
    elif isinstance(condition, (Every, Either)):
        for part in condition.of:
            yield from leaves(part)
    elif isinstance(condition, Negated):
        yield from leaves(condition.of)
    elif isinstance(condition, Choice):
        for part in (condition.test, condition.then, condition.otherwise):
            yield from leaves(part)
    else:
        operands = (getattr(condition, name, None) for name in ("of", "left", "right", "value"))
        yield from (operand for operand in operands if isinstance(operand, Attribute))


def needs_object(condition: Condition) -> bool:
    """Whether a condition reads anything of the object: else it is about the user alone."""
    return next(leaves(condition), None) is not None
