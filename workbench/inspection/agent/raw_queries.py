"""``raw()``: SQL written by hand. What the model reads of its columns is known here, which columns it gives is not."""

import re

from . import context, sample_values, standing
from .describing import field_facts
from .rejection import FILE, Rejected
from .wire import document, to_wire

_PLACE = re.compile(r"%%|%s|%\((\w+)\)s")
_COMPARED = re.compile(r"""["`]?(\w+)["`]?\s*(?:=|<>|!=|<=?|>=?|\bI?LIKE)\s*$""", re.IGNORECASE)


class Raw:
    """A raw queryset in place of what ``capturing`` captures: the text with ``%s``, its parameters in order."""

    def __init__(self, queryset):
        from django.db import connections

        self.queryset, self.compiler = queryset, None
        self.intent, self.pieces, self.empty = "rows", False, False
        query = queryset.query
        for value, what in ((query.sql, "the SQL itself"), (query.params, "which parameters there are")):
            if isinstance(value, standing.Variable):
                raise _unknown(value.name, "%s is known only while the code runs" % what)
        adapt = connections[query.using].ops.adapt_unknown_value
        self.sql, found = positional(query.sql, query.params)
        query.sql = self.sql
        query.params = tuple(_sampled(queryset, self.sql, number, found) for number in range(len(found)))
        self.params = tuple(map(adapt, query.params))


def _unknown(name, fact):
    help = "evaluate the queryset with a value in its place"
    return Rejected(context.diagnostic("queryset-variable", FILE, name, fact, help, "manual"))


def positional(sql, given):
    """(text, values): parameters by name become ones in order; without any a percent sign is itself."""
    if given is None:
        return sql.replace("%", "%%"), ()
    if not hasattr(given, "keys"):
        return sql, tuple(given)
    names = [found.group(1) for found in _PLACE.finditer(sql) if found.group(1)]
    return _PLACE.sub(lambda found: "%s" if found.group(1) else found.group(0), sql), tuple(given[n] for n in names)


def _sampled(queryset, sql, number, values):
    """The value; of a variable one of the type of the column that it is compared with."""
    value = values[number]
    if not isinstance(value, standing.Variable):
        return value
    places = [found for found in _PLACE.finditer(sql) if found.group(0) == "%s"]
    before = _COMPARED.search(sql[: places[number].start()]) if number < len(places) else None
    beside = [f for f in queryset.model._meta.concrete_fields if before and f.column == before.group(1)]
    if not beside:
        fact = "what it holds is known only while the code runs, and SQL written by hand does not say its type"
        raise _unknown(value.name, fact)
    return sample_values.sample(beside[0], value)


def record(text, raw):
    """The ``Query`` record; its ``raw`` holds a record of each field that the model reads."""
    queryset = raw.queryset
    missing = []
    if queryset._prefetch_related_lookups:
        fact = "it is prefetched for rows of SQL written by hand"
        for lookup in queryset._prefetch_related_lookups:
            thing = getattr(lookup, "prefetch_through", lookup)
            missing.append(context.diagnostic("queryset-prefetch", FILE, thing, fact, _HELP, "unsupported"))
    return {
        "expression": text,
        "dialect": context.dialect(),
        "model": queryset.model._meta.label,
        "intent": "rows",
        "shape": "instance",
        "sql": raw.sql,
        "parameters": [to_wire(value) for value in raw.params],
        "outputs": [],
        "sources": [],
        "raw": fields(queryset),
        "diagnostics": missing,
    }


_HELP = "load it with a query of its own"


def fields(queryset):
    """A record of each field that the model of a raw queryset reads."""
    return [_field(queryset, column, field) for column, field in _columns(queryset).items()]


def _columns(queryset):
    """The model's fields by the columns that they are read from, ``translations`` included."""
    found = dict(queryset.model_fields)
    for name, column in queryset.translations.items():
        if column in queryset.model_fields:
            found[name] = queryset.model_fields[column]
    return found


def _field(queryset, name, field):
    attname, label, kind = field_facts(field)
    model = field.model._meta
    output = {"name": attname, "kind": kind, "field": label, "path": "", "model": model.label, "nullable": field.null}
    keys = getattr(queryset.model._meta, "pk_fields", [queryset.model._meta.pk])
    return {"name": name, "table": model.db_table, "column": field.column, "output": output, "key": field in keys}


def rows(raw):
    """What Django makes of the rows, by the columns that the database gives: attributes of instances, in wire form."""
    names = {column: field.attname for column, field in raw.queryset.model_fields.items()}
    found = list(raw.queryset)
    columns = raw.queryset.columns
    documents = {f.attname for f in raw.queryset.model._meta.concrete_fields if f.get_internal_type() == "JSONField"}
    keys = [names.get(column, column) for column in columns]
    return [[(document if key in documents else to_wire)(vars(row)[key]) for key in keys] for row in found]
