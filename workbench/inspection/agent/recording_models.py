"""The tables of recorded statements: each model met, those that tests define too, as Django's schema editor builds it.

Everything is printed through a connection of our own that can never be opened: recording asks no database anything.
"""

import contextlib
import hashlib
import re

from django.db.utils import DatabaseError

from . import context, database_objects, ddl, describing, field_facts, recording_parts, relation_records
from .holding import held
from .wire import to_wire

_FACTS = ("null", "primary_key", "unique", "max_length", "max_digits", "decimal_places", "size")
_READ = field_facts.attributes(*_FACTS, "auto_now", "auto_now_add")
_identities = held({})  # (model, vendor) -> identity; holds the model, so that a test's model stays itself
_prepared = held({})  # (model, vendor) -> its line, until the model is met


def of_join(query, join):
    """The model of a join's table."""
    table, field = join.table_name, getattr(join, "join_field", None)
    named = () if field is None else (getattr(field, "model", None), getattr(field, "related_model", None))
    for model in (*named, getattr(query, "model", None)):
        if hasattr(model, "_meta") and model._meta.db_table == table:
            return model
    return _installed(table)


def _installed(table):
    """A model of the app registry; looked for only where the query does not name it."""
    from django.apps import apps

    found = (m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table)
    return next(found, None)


def named_in(sql):
    """The models of the app registry whose tables a text names."""
    from django.apps import apps

    names = {quoted or bare for quoted, bare in _NAME.findall(sql)}
    return {model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in names}


_NAME = re.compile(r"""["`]([^"`]+)["`]|(\w+)""")


def identities(recorder, connection, models):
    """Identities of models; one not met before gets its line, and so do those that its keys lead to."""
    concrete = {model._meta.concrete_model or model for model in models}
    return sorted({_identity(recorder, connection, model) for model in concrete})


def _identity(recorder, connection, model):
    key = (model, connection.vendor)
    if key in _identities:
        return _identities[key]
    if key not in _prepared:
        _prepare(connection, model)
    text = _prepared.pop(key)
    _identities[key] = identity = hashlib.sha256(text.encode("ascii")).hexdigest()[:16]
    # after its own identity: keys may lead in a circle
    needs = sorted({_identity(recorder, connection, target) for target in _targets(model)})
    # a migration's stand-in for a model is the same table, and its class is no part of what it is known by
    name = model.__module__ + "." + model.__qualname__
    recorder.parts.write("model", identity, text, {"class_name": name, "needs": needs})
    return identity


def _prepare(connection, model):
    """Describes a model, and with it those of its app: amid the command's own code each would take twice the time."""
    with _private(connection) as private:
        _prepared[model, connection.vendor] = recording_parts.encode(_record(model, private))
        for other in _beside(model):
            key = (other, connection.vendor)
            if key not in _prepared and key not in _identities:
                with contextlib.suppress(Exception):  # said where it is met itself
                    _prepared[key] = recording_parts.encode(_record(other, private))


def _beside(model):
    """The tables of its app; not those of a migration's past or of a test's own registry: few of them are asked."""
    from django.apps import apps

    found = list(apps.all_models[model._meta.app_label].values()) if model._meta.apps is apps else ()
    return [other for other in found if other._meta.concrete_model is other and not other._meta.swapped]


def _targets(model):
    """The models that the columns of a table refer to."""
    fields = [field for field in model._meta.local_concrete_fields if field.is_relation and field.remote_field]
    found = (field.remote_field.model for field in fields)
    return [target._meta.concrete_model for target in found if hasattr(target, "_meta") and not target._meta.abstract]


def _record(model, private):
    """The line of a model: what columns hold, and the statements that build its table."""
    return dict(_described(model, private), dialect=context.dialect(), **_built(model, private))


@contextlib.contextmanager
def _private(connection):
    """A connection like this one that is never opened; what prints SQL finds it as the one at hand."""
    private, before = _Private.of(connection), dict(context.CURRENT)
    dialect = {"postgresql": "postgres"}.get(connection.vendor, connection.vendor)
    context.remember(connection=private, dialect=dialect, diagnostics=[], root="", settings="")
    try:
        yield private
    finally:
        context.CURRENT.clear()
        context.CURRENT.update(before)


class _Private:
    """A connection of the alias's own class that refuses to connect."""

    by_alias = held({})

    @classmethod
    def of(cls, connection):
        alias = connection.alias
        if alias not in cls.by_alias:
            private = type(connection)(dict(connection.settings_dict), alias)
            private.connect = _refuse
            private.workbench_editor = ddl._collecting(private, [])
            cls.by_alias[alias] = private
        private = cls.by_alias[alias]
        # what was asked of the database already is known to ours, too
        private.features.__dict__.update({k: v for k, v in vars(connection.features).items() if k != "connection"})
        for name in ("pg_version", "mysql_server_data", "oracle_version"):
            if name in vars(connection):
                private.__dict__[name] = vars(connection)[name]
        return private


def _refuse():
    from django.db import OperationalError

    raise OperationalError("recording does not open a connection")


def _described(model, private):
    opts = model._meta
    return {
        "label": opts.label,
        "app": opts.app_label,
        "name": opts.object_name,
        "table": opts.db_table,
        "managed": bool(opts.managed),
        "auto_created": bool(opts.auto_created),
        "concrete": opts.label,
        "parents": {parent._meta.label: link.name for parent, link in opts.parents.items() if link is not None},
        "primary_key": [field.name for field in getattr(opts, "pk_fields", None) or [opts.pk] if field is not None],
        "fields": [_field(field, model, private) for field in opts.local_concrete_fields],
    }


def _field(field, model, private):
    record = field_facts.facts(field, _READ)
    record.update(
        name=field.name,
        attname=field.attname,
        column=field.column,
        kind=field.get_internal_type(),
        class_name=type(field).__module__ + "." + type(field).__qualname__,
        value_kind=describing.field_facts(field)[2],
        db_type=field.db_type(private),
        choices=[[to_wire(value), str(value)] for value, _ in _choices(field)],
        relation=relation_records.relation(field, model) if field.is_relation else None,
        base_field=None,
        generated_stored=getattr(field, "db_persist", None) is not False,
    )
    if getattr(field, "base_field", None) is not None:
        base = field.base_field
        record["base_field"] = dict(
            record, base_field=None, kind=base.get_internal_type(), db_type=base.db_type(private)
        )
    return record


def _choices(field):
    """Choices that are written down; a callable's would have to be called."""
    choices = getattr(field, "choices", None)
    return field.flatchoices if isinstance(choices, (list, tuple)) else ()


def _built(model, private):
    """``statements``, ``deferred`` and ``extensions`` of one table; a ``fact`` where Django cannot print them."""
    if not _migrates(model, private):
        return {"statements": [], "deferred": [], "extensions": [], "fact": "Django does not create its table"}
    editor = private.workbench_editor
    editor.statements, editor.deferred_sql = [], []
    fact = ""
    with ddl._no_transactions(private):
        try:
            _alone(editor, model)
        except Exception as error:
            fact = "%s: %s" % (type(error).__name__, error)
        statements = [entry["sql"] for entry in editor.statements]
        deferred = ddl._deferred(editor)
    extensions = sorted(database_objects.extensions_of_models([model]))
    return {"statements": statements, "deferred": deferred, "extensions": extensions, "fact": fact}


def _migrates(model, private):
    """Whether Django creates its table; where only an open connection could tell, it does."""
    try:
        return model._meta.can_migrate(private)
    except DatabaseError:
        return True


def _alone(editor, model):
    """Its own table, without those of its many-to-many fields: these are models that are met on their own."""
    editor.create_model = lambda through: None
    try:
        type(editor).create_model(editor, model)
    finally:
        del editor.create_model
