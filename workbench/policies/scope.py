"""What the names of one body stand for while it is read."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias

from workbench.policies.condition import Condition
from workbench.policies.models import Models
from workbench.policies.policy import Body, Policies, Predicate
from workbench.policies.reasoning import answered
from workbench.policies.references import Helper, Reference, Rows, Thing, Untranslatable

Arguments: TypeAlias = Mapping[str | int, Reference]  # by place or by name


class Reader(Protocol):
    """How expressions are read: the modules that read each kind of them call each other through it."""

    def resolve(self, node: ast.expr, scope: Scope) -> Reference:
        """What an expression refers to."""

    def attribute(self, base: Reference, name: str, node: ast.AST, scope: Scope) -> Reference:
        """``base.name``."""

    def truth(self, node: ast.expr, scope: Scope) -> Condition:
        """When an expression is true."""

    def sought(self, helper: Helper, arguments: Arguments, node: ast.AST, scope: Scope) -> Condition:
        """Whether the object that is looked for is in the queryset that a function of the project returns."""

    def called(self, helper: Helper, arguments: Arguments, node: ast.AST, scope: Scope) -> Reference:
        """The value of a function of the project, put in place of its call."""

    def granted(self, permission: str, node: ast.AST) -> Condition:
        """``user.has_perm(permission)``, where no rule has a say in it."""

    def permitted(self, name: str, thing: Reference, node: ast.AST, scope: Scope) -> Condition:
        """``user.has_perm(name, thing)``."""


@dataclass(frozen=True)
class Project:
    """What all bodies of a project share."""

    reader: Reader
    policies: Policies
    models: Models
    bodies: Mapping[str, Body]
    methods: Mapping[str, Mapping[str, Body]]  # label -> the class's own methods and properties
    querysets: Mapping[str, Mapping[str, Body]]  # label -> methods of its manager and queryset
    rules: Mapping[str, Predicate]  # permission -> everything that decides it
    ruled: frozenset[str]  # permissions that django-rules decides
    general: bool  # whether all backends that answer has_perm() without an object are known
    zone: str  # the settings' time zone


@dataclass(frozen=True)
class Climb:
    """A function that calls itself on a parent: what its parameters stood for, and the one that moves."""

    known: Mapping[str, Reference]
    parameter: str
    row: str


@dataclass(frozen=True)
class Scope:
    """What the names of one body stand for, and the bodies around it that are being read."""

    body: Body
    project: Project
    known: Mapping[str, Reference]
    reading: tuple[str, ...] = ()
    climbs: Mapping[str, Climb] = field(default_factory=dict)  # functions that call themselves, by name
    depth: int = 0  # rows around this point
    leaving: Mapping[type, Condition] = field(default_factory=dict)  # what continue and break answer
    picks: Mapping[str, Rows] = field(default_factory=dict)  # rows of which one was picked, by their root
    inherited: Mapping[str, Reference] = field(default_factory=dict)  # what super().name(…) gives, of a framework
    sought: Thing | None = None  # the body returns a queryset: whether this object is in it

    def resolve(self, node: ast.expr) -> Reference:
        """What an expression refers to."""
        return self.project.reader.resolve(node, self)

    def attribute(self, base: Reference, name: str, node: ast.AST) -> Reference:
        """``base.name``."""
        return self.project.reader.attribute(base, name, node, self)

    def truth(self, node: ast.expr) -> Condition:
        """When an expression is true; no answer counts as no."""
        return answered(self.project.reader.truth(node, self))

    @property
    def models(self) -> Models:
        """The project's models."""
        return self.project.models

    def with_name(self, name: str, reference: Reference) -> Scope:
        """The scope after ``name = …``."""
        return replace(self, known={**self.known, name: reference})

    def without_name(self, name: str) -> Scope:
        """The scope where a name stands for what nobody knows."""
        return replace(self, known={key: value for key, value in self.known.items() if key != name})

    def inside(self, name: str, reference: Reference) -> Scope:
        """The scope in a loop over rows."""
        return replace(self.with_name(name, reference), depth=self.depth + 1)

    def above(self) -> str:
        """A name for an object or one above it."""
        return f"above{self.depth + 1}" if self.depth else "above"

    def with_pick(self, rows: Rows) -> Scope:
        """The scope in which one of the rows was picked."""
        return replace(self, picks={**self.picks, rows.row: rows})

    def without_pick(self, row: str) -> Scope:
        """The scope in a test of the one row."""
        return replace(self, picks={name: rows for name, rows in self.picks.items() if name != row})

    def reading_permission(self, name: str) -> Scope:
        """The scope in what decides a permission: asked again inside, it would never end."""
        return replace(self, reading=(*self.reading, f"has_perm {name}"))

    def row(self, beyond: int = 0) -> str:
        """A name for the next rows."""
        number = self.depth + beyond
        return f"row{number + 1}" if number else "row"

    def of_helper(self, body: Body, known: Mapping[str, Reference]) -> Scope:
        """The scope of a body that is put in place of its call."""
        return replace(self, body=body, known=known, reading=(*self.reading, body.name), leaving={}, sought=None)


def unknown(node: ast.AST, why: str = "") -> Untranslatable:
    """Says that an expression has no translation."""
    return Untranslatable(f"`{ast.unparse(node)}` {why or 'has no translation'}", getattr(node, "lineno", 1))


def dotted(node: ast.expr) -> str | None:
    """``a.b.c`` as text; None for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    base = dotted(node.value) if isinstance(node, ast.Attribute) else None
    return f"{base}.{node.attr}" if base and isinstance(node, ast.Attribute) else None


def dotted_root(node: ast.expr) -> str:
    """The first name of a dotted expression."""
    return (dotted(node) or "").partition(".")[0]
