"""Meta.constraints and Meta.indexes as records, with Django's own SQL."""

from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from . import context, expressions, sources
from .failing import diagnose
from .naming import dotted


def constraint_record(constraint, model):
    """The record; SQL that Django cannot print here is a diagnostic."""
    kind = _kind(constraint)
    deferrable = getattr(constraint, "deferrable", None)
    return {
        "name": constraint.name,
        "kind": kind,
        "class_name": dotted(type(constraint)),
        "fields": list(getattr(constraint, "fields", ()) or ()),
        "expressions": _tried(_expressions, constraint, model) or [],
        "condition": _tried(_condition, constraint, model),
        "deferrable": deferrable.value if deferrable is not None else None,
        "include": list(getattr(constraint, "include", ()) or ()),
        "opclasses": list(getattr(constraint, "opclasses", ()) or ()),
        "nulls_distinct": getattr(constraint, "nulls_distinct", None),
        "sql": _tried(_create_sql, constraint, model),
        "origin": sources.meta_origin(model, constraint.name),
    }


def index_record(index, model):
    """The record of one of Meta.indexes."""
    return {
        "name": index.name,
        "class_name": dotted(type(index)),
        "fields": [order + name if order == "-" else name for name, order in _orders(index)],
        "sql": _tried(_create_sql, index, model),
        "origin": sources.meta_origin(model, index.name),
    }


def _orders(index):
    return [(name, "-" if order else "") for name, order in index.fields_orders]


def _kind(constraint):
    kinds = ((CheckConstraint, "check"), (UniqueConstraint, "unique"))
    if type(constraint).__name__ == "ExclusionConstraint":
        return "exclusion"
    return next((name for cls, name in kinds if isinstance(constraint, cls)), "other")


def _condition(constraint, model):
    """What rows a check demands, or what rows a unique or exclusion constraint looks at."""
    q = getattr(constraint, "condition", None)
    if isinstance(constraint, CheckConstraint):
        q = getattr(constraint, "condition", None) or getattr(constraint, "check", None)  # renamed in Django 5.1
    if q is None:
        return None
    return expressions.condition_sql(q if isinstance(q, Q) else Q(q), model)


def _expressions(constraint, model):
    found = getattr(constraint, "expressions", None) or ()
    pairs = [item if isinstance(item, (tuple, list)) else (item, None) for item in found]
    return [_element(expression, operator, model) for expression, operator in pairs]


def _element(expression, operator, model):
    """SQL of one element; an exclusion's carries its operator."""
    resolvable = F(expression) if isinstance(expression, str) else expression
    sql = expressions.expression_sql(resolvable, model)
    return "%s WITH %s" % (sql, operator) if operator else sql


def _create_sql(item, model):
    statement = item.create_sql(model, expressions.editor())
    return None if statement is None else str(statement)


def _tried(read, item, model):
    try:
        return read(item, model)
    except Exception as error:
        stage = "%s.Meta %s" % (model._meta.label, item.name)
        context.CURRENT["diagnostics"].append(
            dict(diagnose(error, stage), code="inspect-constraint", fidelity="unsupported")
        )
        return None
