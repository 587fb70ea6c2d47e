"""How many rows each statement of a rehearsal finds, or changes, so that the code goes the way that is rehearsed."""

from . import content_types, describing
from .plan_steadiness import ASKING, is_looked_at
from .standing_writes import refusal

_ASKED_FIRST = ("get_or_create", "update_or_create", "save")
_MANY = 2  # rows that a SELECT finds: enough to see that there is a list
_REFUSING = ("PROTECT", "RESTRICT")


def rows(form, found):
    """How many rows a statement finds, or changes, in a rehearsal where the form's own finds ``found``."""

    def rows(act, acts):
        intent, model = act.captured.intent, describing.model_label(act.captured)
        if act.kind == "select" and intent in ASKING:
            if act.phase == "during" and is_looked_at(form):
                return 0 if intent == "exists" else 1
            fact = "the code asks %s of %s in between, and goes on as the answer says" % (intent, model)
            raise refusal(form + "()", fact)
        if act.phase == "before" or model == content_types.LABEL:
            return 1 if intent in ("get", "first", "last") else _MANY
        if act.relation is not None:
            return _along(act, acts)
        if act.kind in ("update", "delete"):
            return found if form == "save" else 1
        if form in _ASKED_FIRST:
            return found
        if intent in ("get", "first", "last"):
            return 1
        return 0 if form == "add" or (form == "set" and _is_second(act, acts)) else _MANY

    return rows


def _is_second(act, acts):
    """Of ``set()``: the first SELECT asks what is there, a later one what is missing."""
    return any(other.kind == "select" and other.phase == "during" for other in acts if other is not act)


def _along(act, acts):
    """Rows that hang on others: none that protect them; where they lead back to themselves there is no end.

    Those of a tree, which hang on rows of their own by one key, are asked for once: ``again``, until there are none.
    """
    if act.relation.remote_field.on_delete.__name__ in _REFUSING:
        return 0
    if _is_tree(act.relation):
        act.again = True
        return 0
    held, seen = {repr(value) for value in act.captured.params}, set()
    while held:
        found = [a for a in acts if a is not act and id(a) not in seen and _gives(a, held)]
        if any(a.relation is act.relation for a in found):
            model = act.relation.model.__name__
            fact = "rows of %s hang on rows of their own: Django goes on until it finds none" % model
            raise refusal(act.relation_name(), fact, "declare ON DELETE CASCADE in the database")
        seen.update(map(id, found))
        held = {repr(value) for a in found for value in a.captured.params}
    return _MANY


def _is_tree(relation):
    if relation.remote_field.on_delete.__name__ != "CASCADE":
        return False
    return relation.model._meta.concrete_model is relation.remote_field.model._meta.concrete_model


def _gives(act, held):
    return any(repr(value) in held for row in act.answers for value in row)
