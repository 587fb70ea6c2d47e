"""What a compiled query's SQL no longer says: names, fields and types of its outputs, the paths of its joins."""

from .holding import held

SHAPES = {
    "ModelIterable": "instance",
    "ValuesIterable": "dict",
    "ValuesListIterable": "tuple",
    "NamedValuesListIterable": "tuple",
    "FlatValuesListIterable": "flat",
}
_fields = held({})  # id of a field -> (the field, what outputs say of it); holds it, so that the id stays its own
_SHAPE_OF_INTENT = {"count": "scalar", "exists": "scalar", "aggregate": "dict"}


def shape(captured):
    """What one row is in Python."""
    if captured.intent in _SHAPE_OF_INTENT:
        return _SHAPE_OF_INTENT[captured.intent]
    iterable = getattr(captured.queryset, "_iterable_class", None)
    for kind in getattr(iterable, "__mro__", ()):
        if kind.__name__ in SHAPES:
            return SHAPES[kind.__name__]
    return "instance"


def writes(captured):
    """Whether the statement changes rows instead of answering with some."""
    return captured.intent in ("insert", "update", "delete")


def model_label(captured):
    """The model the query is about."""
    query = captured.compiler.query
    model = getattr(query, "model", None) or getattr(captured.queryset, "model", None)
    return model._meta.label if model is not None else ""


def ordered(captured):
    """Whether Django orders the rows, Meta.ordering included."""
    query = captured.compiler.query
    if writes(captured):
        return False
    meta = query.get_meta() if getattr(query, "model", None) else None
    default = query.default_ordering and meta is not None and meta.ordering and not query.group_by
    return bool(query.extra_order_by or query.order_by or default) and captured.intent not in _SHAPE_OF_INTENT


def expressions(compiler):
    """(expression, alias) of each output, in the order of the SELECT list."""
    query = compiler.query
    if hasattr(query, "inner_query"):  # SELECT … FROM (subquery): its annotations are the outputs
        return [(expression, name) for name, expression in query.annotation_select.items()]
    return [(expression, alias) for expression, _, alias in compiler.select]


def outputs(captured):
    """The ``Output`` records of a captured query."""
    compiler = captured.compiler
    if writes(captured):
        return []
    records = [_output(compiler, expression, alias) for expression, alias in expressions(compiler)]
    klass_info = getattr(compiler, "klass_info", None)
    if shape(captured) == "instance" and klass_info:
        _place(records, klass_info, "")
    else:
        _rename(records, compiler.query)
    return records


def _output(compiler, expression, alias):
    field = getattr(expression, "target", None)
    attname, label, kind = (None, None, kind_of(expression)) if field is None else field_facts(field)
    return {
        "name": alias or attname or "",
        "kind": kind,
        "field": label,
        "path": "",
        "model": None,
        "nullable": _nullable(compiler, expression, field),
        "annotation": field is None or alias is not None,
        "zone": _zone(expression) if field is None else "",
    }


def field_facts(field):
    """(attname, label, kind) of a field; asked for every column of every query, so that they are kept."""
    found = _fields.get(id(field))
    if found is None:
        label = "%s.%s" % (field.model._meta.label, field.name)
        found = _fields[id(field)] = (field, (getattr(field, "attname", None), label, _kind_of_field(field)))
    return found[1]


def _zone(expression):
    """The time zone that Django gives the moments of a truncation, which its SQL has left without one."""
    from django.conf import settings

    truncates = hasattr(expression, "kind") and hasattr(expression, "get_tzname") and settings.USE_TZ
    if truncates and kind_of(expression) == "DateTimeField":
        return expression.get_tzname() or ""
    return ""


def kind_of(expression):
    """The internal type of an expression's values; a foreign key has its target's. "" where Django knows none."""
    from django.core.exceptions import FieldError

    try:
        return _kind_of_field(getattr(expression, "target", None) or expression.output_field)
    except (FieldError, AttributeError):
        return ""


def _kind_of_field(field):
    from django.core.exceptions import FieldError

    try:
        while getattr(field, "target_field", None) is not None and field.is_relation:
            field = field.target_field  # a FieldError where the key has several columns
    except (FieldError, AttributeError):
        return ""
    return field.get_internal_type() if field is not None else ""


def _nullable(compiler, expression, field):
    if field is None:
        return type(expression).__name__ not in ("Count", "Exists")
    joins, alias = compiler.query.alias_map, expression.alias
    while alias in joins and getattr(joins[alias], "parent_alias", None):
        if joins[alias].join_type == "LEFT OUTER JOIN":
            return True
        alias = joins[alias].parent_alias
    return field.null


def _place(records, klass_info, path):
    """Gives the outputs of an instance, and of those that select_related adds, their path and model."""
    label = klass_info["model"]._meta.label
    for index in klass_info["select_fields"]:
        if not records[index]["model"]:
            records[index].update(path=path, model=label)
    for related in klass_info.get("related_klass_infos", ()):
        field = related["field"]
        step = field.related_query_name() if related["reverse"] and callable(field.related_query_name) else field.name
        _place(records, related, path + "__" + step if path else step)


def _rename(records, query):
    """Names of values() and values_list(): the keys as the caller wrote them."""
    names = list(getattr(query, "selected", None) or ())
    if not names and hasattr(query, "values_select"):
        names = list(query.extra_select) + list(query.values_select) + list(query.annotation_select)
    if len(names) == len(records):
        for record, name in zip(records, names):
            record["name"] = name


def sources(captured):
    """The ``Source`` records of a captured query and of all queries inside it."""
    tables, records = _models_by_table(), []
    for compiler, depth in captured.compilers:
        joins = getattr(compiler.query, "alias_map", {})
        for alias in joins:
            table = joins[alias].table_name
            record = {
                "alias": alias,
                "table": table,
                "model": tables.get(table),
                "path": path(joins, alias),
                "depth": depth,
            }
            if record not in records:
                records.append(record)
    return records


def path(joins, alias):
    """The relation path from the base table to a join, as a lookup would spell it."""
    steps = []
    while getattr(joins.get(alias), "parent_alias", None):
        field = joins[alias].join_field
        steps.append(_step(field))
        alias = joins[alias].parent_alias
    return "__".join(reversed(steps))


def _step(field):
    name = getattr(field, "name", "") or ""
    if name.endswith("+") or not name:  # a hidden reverse relation, as to an automatic through table
        return field.related_model._meta.model_name
    return name


def _models_by_table():
    from django.apps import apps

    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    return {model._meta.db_table: model._meta.label for model in models}
