"""Writes, stopped before they run: the statement that ``create()``, ``bulk_create()`` or ``update()`` would send.

Nothing is saved and no signal is sent: an INSERT is built from the instance as ``save()`` builds it.
"""

from . import context, sample_values, standing
from .rejection import FILE, Rejected

METHODS = {"create": "insert", "bulk_create": "insert", "update": "update", "delete": "delete"}
QUERIES = {"InsertQuery": "insert", "UpdateQuery": "update", "DeleteQuery": "delete"}


def update(original, watch):
    """``QuerySet.update`` with values for variables; the compiler is stopped where it would run the statement."""

    def update(self, **values):
        watch.method, watch.queryset = watch.method or "update", self
        return original(self, **_values(self.model, values))

    update.alters_data = True
    return update


def create(watch, stop):
    """``QuerySet.create``: the INSERT of the one instance."""

    def create(self, **values):
        watch.method, watch.queryset = watch.method or "create", self
        made = self.model(**_values(self.model, values))
        _settle(made, values)
        stop(*_insert(self, [made]))

    return create


def bulk_create(watch, stop):
    """``QuerySet.bulk_create`` of instances that the expression makes; its conflict forms need Django 4.1."""

    def bulk_create(self, objs, batch_size=None, ignore_conflicts=False, update_conflicts=False, **named):
        watch.method, watch.queryset = watch.method or "bulk_create", self
        made = list(objs)
        if not made or batch_size is not None:
            raise _refusal("bulk_create", "it sends no statement" if not made else "it sends its rows in batches")
        stop(*_insert(self, made, _conflict(self, ignore_conflicts, update_conflicts, **named)))

    return bulk_create


def delete(watch, stop):
    """``QuerySet.delete`` where one statement does it; what drags other rows along is read before."""

    def delete(self):
        from django.db.models.deletion import Collector

        watch.method, watch.queryset = watch.method or "delete", self
        if not Collector(using=self.db).can_fast_delete(self):
            raise _refusal(self.model._meta.label, _dragged(self.model._meta))
        rows = self._chain()
        rows.query.select_for_update = rows.query.select_related = False
        rows.query.clear_ordering(*_FORCED)
        query = rows.query.clone()
        query.__class__ = _delete_query()
        compiler = query.get_compiler(using=self.db)
        stop(compiler, *compiler.as_sql())

    delete.alters_data, delete.queryset_only = True, True
    return delete


def _delete_query():
    from django.db.models.sql import DeleteQuery

    return DeleteQuery


def _dragged(meta):
    related = sorted({relation.related_model._meta.label for relation in meta.related_objects})
    what = "rows of %s hang on it" % ", ".join(related) if related else "signals of its rows are listened to"
    return what + ": Django reads the rows before it deletes them, statement by statement"


_FORCED = (True,)  # the argument that drops an ordering in any case, by position since its name changed


def _conflict(queryset, ignore, update, update_fields=None, unique_fields=None):
    if not ignore and not update:
        return {}
    from django.db.models.constants import OnConflict

    field = queryset.model._meta.get_field
    if ignore:
        return {"on_conflict": OnConflict.IGNORE}
    return {
        "on_conflict": OnConflict.UPDATE,
        "update_fields": [field(name) for name in update_fields or ()],
        "unique_fields": [field(name) for name in unique_fields or ()],
    }


def _insert(queryset, instances, conflict=None):
    """(compiler, SQL, parameters) of one INSERT over the model's own table."""
    from django.db.models.sql import InsertQuery

    meta = queryset.model._meta
    if meta.parents and not meta.proxy:
        raise _refusal(meta.label, "it has a table of its own beside its parent's: two statements insert it")
    query = InsertQuery(queryset.model, **(conflict or {}))
    for instance in instances:
        _set_clocks(instance)
    query.insert_values(_fields(meta, instances), instances, raw=True)  # raw: no pre_save, which may store files
    compiler = query.get_compiler(using=queryset.db)
    compiler.returning_fields = None if conflict and "update_fields" not in conflict else meta.db_returning_fields
    statements = compiler.as_sql()
    if len(statements) != 1:
        raise _refusal(meta.label, "it sends %d statements" % len(statements))
    return (compiler, *statements[0])


def _settle(instance, given):
    """Stand-ins in place of defaults that differ at each call (``uuid4``)."""
    for field in instance._meta.local_concrete_fields:
        if field.name not in given and callable(field.default) and field.get_default() != field.get_default():
            setattr(instance, field.attname, sample_values.sample(field, standing.named(field.name)))


def _set_clocks(instance):
    """One stand-in in place of the moments that ``auto_now`` and ``auto_now_add`` would give."""
    for field in instance._meta.local_concrete_fields:
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            setattr(instance, field.attname, sample_values.sample(field, standing.named("now")))


def _fields(meta, instances):
    """The columns that ``save()`` writes: without generated ones, and without a key that the database gives."""
    given = all(instance.pk is not None for instance in instances)
    fields = [field for field in meta.local_concrete_fields if not getattr(field, "generated", False)]
    return [field for field in fields if given or field is not meta.auto_field]


def _values(model, values):
    """Keyword arguments with a value of the field's type for each variable."""
    return {name: _value(model, name, value) for name, value in values.items()}


def _value(model, name, value):
    if not isinstance(value, standing.Variable):
        return value
    from django.core.exceptions import FieldDoesNotExist

    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        raise _refusal(name, "%s has no such field" % model._meta.label) from None
    if field.is_relation and name != getattr(field, "attname", name):
        return standing.related(field, value)
    return sample_values.sample(field, value)


def _refusal(thing, fact):
    help = "record the command that runs it: workbench record"
    return Rejected(context.diagnostic("queryset-write", FILE, thing, fact, help, "unsupported"))
