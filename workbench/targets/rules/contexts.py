"""What an object has to bring for its predicates to be asked: an interface a model, with no more than they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.policies.condition import (
    VIEWER,
    Above,
    Absent,
    Attribute,
    Condition,
    Some,
    children,
    operands,
    walk,
)
from workbench.targets.rules.properties import Properties, Step
from workbench.targets.typescript import key

_TYPES = {
    "integer": "number",
    "text": "string",
    "boolean": "boolean",
    "decimal": "string",
    "date": "string",
    "instant": "string",
}


@dataclass
class Shape:
    """The properties of one object of ``model``, each by its name."""

    model: str
    columns: dict[str, str] = field(default_factory=dict)  # with their types
    objects: dict[str, tuple[Step, Shape]] = field(default_factory=dict)  # that it refers to
    rows: dict[str, tuple[Some, Shape]] = field(default_factory=dict)  # that refer to it, with one test of them
    chains: dict[str, tuple[Above, Shape]] = field(default_factory=dict)  # itself and those above it

    def text(self, indent: int = 1) -> str:
        """The type, over several lines."""
        margin = "  " * indent
        lines = [f"{margin}{entry}\n" for entry in self._entries(indent)]
        return "{\n" + "".join(lines) + "  " * (indent - 1) + "}"

    def _entries(self, indent: int) -> list[str]:
        lines = [f"readonly {key(name)}: {kind};" for name, kind in sorted(self.columns.items())]
        for name, (step, shape) in self.objects.items():
            lines.append(f"readonly {key(name)}: {shape.text(indent + 1)}{' | null' if step.nullable else ''};")
        for name, (_, shape) in [*self.rows.items(), *self.chains.items()]:
            lines.append(f"readonly {key(name)}: readonly {shape.row(indent + 1)}[];")
        return lines

    def row(self, indent: int) -> str:
        """The type of a row, on one line where it holds columns only."""
        if self.objects or self.rows or self.chains:
            return self.text(indent)
        return f"{{ {' '.join(self._entries(indent))} }}" if self.columns else "object"

    def empty(self) -> bool:
        """Whether nothing is read."""
        return not (self.columns or self.objects or self.rows or self.chains)


def shape_of(model: str, conditions: Iterable[Condition], properties: Properties) -> Shape:
    """The shape that all these conditions about objects of ``model`` read."""
    shape = Shape(model)
    for condition in conditions:
        _read(condition, {"": shape}, properties)
    return shape


def viewer_shape(conditions: Iterable[Condition], properties: Properties) -> Shape:
    """The shape of the user's own row that these conditions read."""
    shape = Shape(properties.models.user)
    for condition in conditions:
        _read(condition, {VIEWER: shape}, properties)
    return shape


def _read(condition: Condition, roots: Mapping[str, Shape], properties: Properties) -> None:
    """Adds what the condition reads to the shapes of the roots given; other roots are left out."""
    for operand in operands(condition):
        if isinstance(operand, Attribute) and operand.root in roots:
            holder = _inside(roots[operand.root], operand.through, properties)
            holder.columns[properties.column(operand.model, operand.field)] = _type(operand)
    if isinstance(condition, Absent) and condition.root in roots:
        _inside(roots[condition.root], condition.through, properties)
    if isinstance(condition, (Some, Above)):
        roots = {**roots, condition.row: _rows(condition, roots, properties)}
    for part in children(condition):
        _read(part, roots, properties)


def _rows(condition: Some | Above, roots: Mapping[str, Shape], properties: Properties) -> Shape:
    """The shape of the rows that a test looks at; one that nobody keeps where their owner is left out."""
    if condition.root not in roots:
        return Shape(condition.model)
    holder = _inside(roots[condition.root], condition.through, properties)
    if isinstance(condition, Some):
        name = properties.rows(condition.model, condition.link)
        return holder.rows.setdefault(name, (condition, Shape(condition.model)))[1]
    name = properties.chain(condition.model, condition.parent)
    chain = holder.chains.setdefault(name, (condition, Shape(condition.model)))[1]
    for part, nullable in (("pk", ""), (condition.parent, " | null")):  # what its links hang together by
        chain.columns[properties.column(condition.model, part)] = _TYPES["integer"] + nullable
    return chain


def _inside(shape: Shape, through: Sequence[str], properties: Properties) -> Shape:
    for step in properties.steps(shape.model, through):
        shape = shape.objects.setdefault(step.property, (step, Shape(step.target[0])))[1]
    return shape


def _type(part: Attribute) -> str:
    return _TYPES[part.type] + (" | null" if part.nullable else "")


def roots(condition: Condition) -> set[str]:
    """The roots that a condition reads, other than those of the rows inside it."""
    found: set[str] = set()
    for part in walk(condition):
        found |= {operand.root for operand in operands(part) if isinstance(operand, Attribute)}
        found |= {part.root} if isinstance(part, (Some, Above, Absent)) else set()
    return found - {part.row for part in walk(condition) if isinstance(part, (Some, Above))}


def needs(condition: Condition, root: str) -> bool:
    """Whether a condition reads anything of a root."""
    return root in roots(condition)


def needs_object(condition: Condition) -> bool:
    """Whether a condition reads anything of the object: else it is about the user alone."""
    return needs(condition, "")
