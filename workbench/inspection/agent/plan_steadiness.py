"""Whether a write goes on in the same way whatever the SELECTs in between find: each is answered otherwise, in turn."""

from . import content_types, context, describing
from .rejection import FILE
from .standing_writes import refusal

ASKING = ("exists", "count")
# Methods that are Django's own code from end to end: what they do with the rows that they find is known.
_OWN = ("add", "set", "remove", "clear", "delete", "update", "bulk_create", "bulk_update")
_ASKED_FIRST = ("get_or_create", "update_or_create")


def is_looked_at(form):
    """Whether code of the project's may stand between the method and its statements: a ``save()`` of its own."""
    return form not in _OWN


def require_steady(form, plain, again):
    """Rejected where statements or parameters hang on what a SELECT finds.

    ``again(number, rows, value)`` is the rehearsal where that statement finds so many rows; ``value`` in them.
    """
    for number in _questions(form, plain.acts) if is_looked_at(form) else ():
        act = plain.acts[number]
        for rows, value in _otherwise(act):
            if not _same(plain, _tried(again, number, rows, value), number):
                thing = "%s of %s" % (act.captured.intent, describing.model_label(act.captured))
                raise refusal(thing, "the code asks it in between, and goes on as the answer says")


def _tried(again, *instead):
    """The other rehearsal, or None where the project's code refuses to go on."""
    try:
        return again(*instead)
    except Exception:  # whatever it raises there, it does not go on as before
        return None


def is_dropped(act):
    """A question whose answer goes nowhere (``require_steady``): what is left behind is the same without it."""
    return act.kind == "select" and act.phase == "during" and act.captured.intent in ASKING


def notes(acts):
    """A diagnostic of each dropped question."""
    things = dict.fromkeys((a.captured.intent, describing.model_label(a.captured)) for a in acts if is_dropped(a))
    return [_note("%s of %s" % thing) for thing in things]


def _note(thing):
    fact = "Django asks it in between; nothing that is written depends on the answer"
    return context.diagnostic("queryset-asked", FILE, thing, fact, "", "note")


def _questions(form, acts):
    """Numbers of the SELECTs that the method's code asks, but for the one that its form is about."""
    asked = [number for number, act in enumerate(acts) if _is_question(act)]
    return asked[1:] if form in _ASKED_FIRST else asked


def _is_question(act):
    own = act.kind == "select" and act.phase == "during" and act.relation is None
    return own and describing.model_label(act.captured) != content_types.LABEL


def _otherwise(act):
    """(rows, value) of the other answers."""
    if act.captured.intent == "count":
        return [(0, None), (1, 1), (1, 2)]
    return [(0, None)] if act.answers else [(1, None)]


def _same(plain, other, number):
    """A row that must be there and is not ends the write: both sides raise then."""
    if other is None:
        return False
    expected, found = _statements(plain), _statements(other)
    if other.missed:
        return plain.acts[number].captured.intent == "get" and found == expected[: number + 1]
    return found == expected


def _statements(stage):
    return [(act.kind, act.captured.sql, repr(list(act.captured.params))) for act in stage.acts]
