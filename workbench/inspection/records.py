"""What Django itself reports of a project, as plain data, without interpretation.

The agent sends these as JSON objects with exactly these keys; ``client`` decodes them with msgspec (unknown keys
are ignored, so an older workbench reads a newer agent). File names are relative to the project's root where they lie
inside it. SQL texts are what Django's own schema editor or compiler printed for the inspected dialect.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.diagnostic import Diagnostic, Origin
from workbench.values import Wire


@dataclass(frozen=True)
class DefaultRecord:
    """``default=``: a plain value (wire form), or a callable by its dotted name."""

    value: Wire = None
    callable: str | None = None


@dataclass(frozen=True)
class RelationRecord:
    """A relation: ForeignKey ("fk"), OneToOneField ("o2o"), ManyToManyField ("m2m"), GenericRelation ("generic")."""

    kind: str
    to: str
    to_field: str | None = None
    on_delete: str | None = None
    db_constraint: bool = True
    accessor: str | None = None  # name on the other model; None: hidden ("+")
    query_name: str | None = None
    through: str | None = None
    through_auto: bool = False
    through_source: str | None = None  # field names on the through model
    through_target: str | None = None
    symmetrical: bool = False
    parent_link: bool = False


@dataclass(frozen=True)
class FieldRecord:
    """One field, concrete or many-to-many; ``column`` and ``db_type`` are None where no column exists."""

    name: str
    attname: str
    column: str | None
    kind: str  # get_internal_type()
    class_name: str  # dotted
    db_type: str | None = None
    null: bool = False
    blank: bool = False
    primary_key: bool = False
    unique: bool = False
    db_index: bool = False
    max_length: int | None = None
    max_digits: int | None = None
    decimal_places: int | None = None
    choices: list[tuple[Wire, str]] = field(default_factory=list)  # groups flattened
    choices_name: str | None = None  # dotted name of the Choices enum or the callable, where known
    default: DefaultRecord | None = None
    db_default: str | None = None
    auto_now: bool = False
    auto_now_add: bool = False
    generated: str | None = None
    generated_stored: bool = True
    collation: str | None = None
    comment: str | None = None
    verbose_name: str = ""
    help_text: str = ""
    base_field: FieldRecord | None = None  # of an ArrayField
    size: int | None = None  # of an ArrayField
    relation: RelationRecord | None = None
    declared_on: str = ""  # dotted name of the class whose body holds the field (an abstract base, or the model)
    validators: list[str] = field(default_factory=list)
    origin: Origin | None = None


@dataclass(frozen=True)
class ConstraintRecord:
    """Of Meta.constraints: kind "check", "unique", "exclusion" or "other", and Django's own SQL for it."""

    name: str
    kind: str
    class_name: str
    fields: list[str] = field(default_factory=list)
    expressions: list[str] = field(default_factory=list)
    condition: str | None = None
    deferrable: str | None = None  # "deferred" | "immediate"
    include: list[str] = field(default_factory=list)
    opclasses: list[str] = field(default_factory=list)
    nulls_distinct: bool | None = None
    sql: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True)
class IndexRecord:
    """Of Meta.indexes, with Django's own CREATE INDEX."""

    name: str
    class_name: str
    fields: list[str] = field(default_factory=list)  # "-created" for descending
    sql: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True)
class ManagerRecord:
    """A manager by its attribute name; ``methods`` are those its own class (or its queryset class) adds."""

    name: str
    class_name: str
    default: bool = False
    methods: list[str] = field(default_factory=list)
    origin: Origin | None = None


@dataclass(frozen=True)
class GenericKeyRecord:
    """A GenericForeignKey."""

    name: str
    content_type_field: str
    object_id_field: str


@dataclass(frozen=True)
class ModelRecord:
    """One model class, auto-created through models included."""

    label: str  # "catalog.Book"
    app: str
    name: str
    class_name: str  # dotted
    table: str
    fields: list[FieldRecord]
    primary_key: list[str]  # field names
    managed: bool = True
    proxy: bool = False
    auto_created: bool = False
    swapped: str | None = None
    concrete: str = ""  # label of the concrete model (itself unless proxy)
    parents: dict[str, str] = field(default_factory=dict)  # multi-table parents: label -> link field name
    abstract_bases: list[str] = field(default_factory=list)  # dotted, nearest first
    ordering: list[str] = field(default_factory=list)
    managers: list[ManagerRecord] = field(default_factory=list)
    default_permissions: list[str] = field(default_factory=list)
    permissions: list[tuple[str, str]] = field(default_factory=list)
    unique_together: list[list[str]] = field(default_factory=list)
    constraints: list[ConstraintRecord] = field(default_factory=list)
    indexes: list[IndexRecord] = field(default_factory=list)
    generic_keys: list[GenericKeyRecord] = field(default_factory=list)
    comment: str | None = None
    tablespace: str | None = None
    database: str = "default"  # alias the routers write it to
    verbose_name: str = ""
    doc: str = ""
    source: str = ""  # the class statement as written, dedented; "" for auto-created models
    origin: Origin | None = None


@dataclass(frozen=True)
class AppRecord:
    """An installed app; ``own`` where its code lies inside the project's root and outside any virtual environment."""

    label: str
    name: str
    verbose_name: str
    path: str
    own: bool


@dataclass(frozen=True)
class DatabaseRecord:
    """A configured database as the settings name it; never its credentials."""

    alias: str
    engine: str
    vendor: str


@dataclass(frozen=True)
class PermissionRecord:
    """One permission as ``auth_permission`` would hold it."""

    app: str
    codename: str
    name: str
    model: str  # label
    default: bool
    origin: Origin | None = None


@dataclass(frozen=True)
class CallSite:
    """A place in the project's own code that builds a queryset, found by reading the source.

    ``expression`` can be evaluated away from its place: imports, the statements that a local name stands for, and
    ``variable("…")`` where the code has a local value; it is "" where ``unread`` says why there is none.
    """

    origin: Origin
    text: str
    model: str | None  # label where the name resolves
    methods: list[str]
    expression: str = ""
    unread: str = ""
    function: str = ""  # the name of the function that holds it; "" in the body of a class or module


@dataclass(frozen=True)
class Seconds:
    """Time spent in ``django.setup()`` and in reading the registry."""

    setup: float
    inspect: float


@dataclass(frozen=True)
class Inspection:
    """Everything Django reports of one project under one settings module and one dialect."""

    django: str
    python: str
    settings: str
    dialect: str
    time_zone: str
    use_tz: bool
    auth_user_model: str
    apps: list[AppRecord]
    databases: list[DatabaseRecord]
    models: list[ModelRecord]
    permissions: list[PermissionRecord]
    call_sites: list[CallSite]
    diagnostics: list[Diagnostic]
    seconds: Seconds
