"""Who may do what in a project, as frozen values: permissions with their rules, views with their guards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from workbench.diagnostic import Diagnostic, Origin
from workbench.policies.condition import Condition


@dataclass(frozen=True)
class Meaning:
    """What a name in a body stands for: a constant, or the dotted name of a function or class."""

    value: bool | int | str | tuple[bool | int | str, ...] | None = None
    refers: str | None = None


@dataclass(frozen=True)
class Body:
    """A function that a person wrote and that decides: its text, its parameters, and what its names stand for."""

    name: str  # dotted
    origin: Origin
    source: str
    parameters: tuple[str, ...]
    names: Mapping[str, Meaning] = field(default_factory=dict, hash=False)
    label: str = ""  # what django-rules calls it
    bind: bool = False  # django-rules passes the predicate itself first
    property: bool = False  # read like a field, not called
    wrapped: bool = False  # something around it may change its answer
    groups: tuple[str, ...] = ()  # of rules.is_group_member(…)
    own: Mapping[str, Body] = field(default_factory=dict, hash=False)  # methods of its class, called as self.name(…)
    over: Mapping[str, Body] = field(default_factory=dict, hash=False)  # and as super().name(…)
    above: Predicate | None = None  # what super() answers where a framework wrote that
    rows_of: str = ""  # the model of which super().get_queryset() gives all rows


@dataclass(frozen=True)
class Atom:
    """A predicate that is not combined of others: ``key`` finds its body in ``Policies.bodies``."""

    key: str


@dataclass(frozen=True)
class Combined:
    """``and``, ``or``, ``xor`` over two parts, ``not`` over one; evaluated left to right, short-circuited."""

    op: Literal["and", "or", "xor", "not"]
    of: tuple[Predicate, ...]


Predicate: TypeAlias = Atom | Combined


@dataclass(frozen=True)
class GrantTables:
    """Where django-guardian keeps the grants on objects of one model: labels, and the content type that they name.

    ``generic``: whether the user's and the group's rows hold the object's key as text, for objects of any model.
    """

    user: str
    group: str
    generic: tuple[bool, bool]
    content_type: tuple[str, str]


@dataclass(frozen=True)
class Guardian:
    """django-guardian's settings: who stands for visitors (None: nobody), by which field of the user model."""

    visitor: str | None
    name: str
    tables: Mapping[str, GrantTables] = field(hash=False)


@dataclass(frozen=True)
class Asking:
    """How Django is asked about what no ``has_perm()`` answers.

    "classes": those of the REST framework before one method; "rows": whether a view's queryset, or guardian's, holds
    the object; "admin": a method of a model's admin; "rule": django-rules' ``test_rule()``.
    """

    kind: Literal["classes", "rows", "admin", "rule"]
    index: int = -1  # of the address in the project's URLconf
    name: str = ""  # the rule, or the admin's method
    method: str = ""  # HTTP method
    view: str = ""  # dotted
    granted: tuple[str, ...] = ()  # get_objects_for_user(): its permissions
    options: tuple[tuple[str, bool], ...] = ()  # and its other arguments


@dataclass(frozen=True)
class Permission:
    """One permission by its full name ("app.codename"); ``rule`` is what django-rules decides it by."""

    name: str
    model: str | None  # label
    # rule: no row of auth_permission, django-rules alone knows it; the others are no permissions, but are asked alike
    kind: Literal["default", "custom", "rule", "classes", "rows", "admin", "named"]
    title: str
    origin: Origin | None
    rule: Predicate | None = None
    source: str = ""  # where the rule is registered, as written
    backends: Predicate | None = None  # what all backends say about an object, where more than rules do
    beneath: Predicate | None = None  # the same without has_perm() of the project's own user model
    general: Predicate | None = None  # what the project's own backends say without an object
    asked: Asking | None = None  # where has_perm() does not answer it: a superuser is asked as others are

    @property
    def about_object(self) -> Predicate | None:
        """Everything that is asked about an object, in the order of the backends; any one is enough."""
        return self.backends or self.rule


# How a guard refuses a visitor, and somebody who is signed in: 401 is Django's redirect to the login page
Refusal: TypeAlias = tuple[Literal[401, 403, 404], Literal[401, 403, 404]]


@dataclass(frozen=True)
class Guard:
    """What stands before a view: its kind, the permissions it names, the body or the tree that decides."""

    kind: str
    origin: Origin
    permissions: tuple[str, ...] = ()
    source: str = ""
    test: Body | None = None
    tree: Predicate | None = None  # Django REST framework's classes; their bodies are in Policies.bodies
    refusal: Refusal = (401, 403)
    methods: tuple[str, ...] = ()  # HTTP methods before which it stands; () for all
    explored: Condition | None = None  # what a run with stand-in users found, where it was read so
    unread: str = ""  # why it was not
    about: Predicate | None = None  # of REST framework's classes: what they ask with the object, as rules about it do


@dataclass(frozen=True)
class View:
    """One address, the view behind it, and its guards, outermost first."""

    route: str
    name: str
    view: str  # dotted
    own: bool
    model: str | None
    origin: Origin
    guards: tuple[Guard, ...] = ()
    methods: tuple[str, ...] = ()  # that the view takes
    actions: Mapping[str, str] = field(default_factory=dict, hash=False)  # what each does with the model, where known


@dataclass(frozen=True)
class Place:
    """A place in the source that guards, asks, grants, or narrows a queryset."""

    kind: str
    inside: str  # dotted name of what it stands in
    origin: Origin
    source: str
    permissions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A link or form of a template, inside conditions that ask for permissions.

    ``shown``: the text of each ``{% if %}`` around it, and whether it holds there or not (after an ``{% else %}``).
    """

    url: str  # the name of an address, with its namespaces
    method: str  # HTTP method
    origin: Origin
    shown: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Policies:
    """Everything a project says about who may do what."""

    permissions: tuple[Permission, ...]
    views: tuple[View, ...]
    rules: Mapping[str, Predicate]  # rules.add_rule: asked by name only
    bodies: Mapping[str, Body]
    places: tuple[Place, ...]
    backends: tuple[str, ...]
    hiding: frozenset[str]  # labels of models whose own manager may hide rows from reverse accessors
    login_everywhere: bool  # a LoginRequiredMiddleware
    diagnostics: tuple[Diagnostic, ...] = ()
    methods: Mapping[str, Mapping[str, Body]] = field(default_factory=dict)  # model label -> its class's own methods
    guardian: Guardian | None = None
    backend_bodies: Mapping[str, Body] = field(default_factory=dict)  # has_perm() of the project's own backends
    querysets: Mapping[str, Mapping[str, Body]] = field(default_factory=dict)  # label -> its manager's, its queryset's
    user_methods: Mapping[str, Body] = field(default_factory=dict)  # of the user model: has_perm, has_module_perms
    access: tuple[Permission, ...] = ()  # what views and named rules decide beside permissions
    links: tuple[Link, ...] = ()  # of templates, shown to those who hold permissions

    def by_model(self) -> dict[str, tuple[Permission, ...]]:
        """Permissions grouped by model label ("" where a rule names no known model), in the order of the project.

        What views decide beside permissions stands after the permissions of its model.
        """
        labels = dict.fromkeys(permission.model or "" for permission in self.everything)
        return {label: tuple(p for p in self.everything if (p.model or "") == label) for label in labels}

    @property
    def everything(self) -> tuple[Permission, ...]:
        """Permissions, and what views and named rules decide beside them."""
        return (*self.permissions, *self.access)

    def body(self, key: str) -> Body:
        """The body behind an atom; KeyError where a framework or a table decides it."""
        return self.bodies[key.split(" ")[2] if key.startswith("asked body ") else key]

    def label(self, key: str) -> str:
        """An atom in words."""
        if key.startswith("asked body "):
            return self.body(key).label
        if key.startswith("user "):
            return "has_perm() of the user model"
        if key.startswith("general "):
            return key.split(" ")[1].rpartition(".")[2]
        return self.bodies[key].label if key in self.bodies else key.removeprefix("asked ")

    def by_view(self) -> dict[str, tuple[Guard, ...]]:
        """The guards before each view, by the view's dotted name; views at several addresses join theirs."""
        found: dict[str, tuple[Guard, ...]] = {}
        for view in self.views:
            known = found.setdefault(view.view, ())
            found[view.view] = known + tuple(guard for guard in view.guards if guard not in known)
        return found

    def unguarded(self) -> tuple[View, ...]:
        """The project's own views without a guard before them, a narrowed queryset or a question inside."""
        everywhere = self.login_everywhere
        return tuple(v for v in self.views if v.own and not (everywhere or v.guards or self.inside(v)))

    def inside(self, view: View) -> tuple[Place, ...]:
        """Where a view's own code asks for a permission or narrows its rows; what ``dispatch`` asks is a guard."""
        guarding = {guard.test.name for guard in view.guards if guard.test}
        return tuple(
            place
            for place in self.places
            if place.kind in ("has_perm", "narrowed_queryset")
            and f"{place.inside}.".startswith(f"{view.view}.")
            and place.inside not in guarding
        )
