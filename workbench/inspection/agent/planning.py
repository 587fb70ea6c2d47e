"""Writes of several statements as plans: the statements in Django's order, and what later ones take of earlier answers.

Each is rehearsed: once for every way that its form can go, and again with other values wherever one stands in.
"""

from . import giving, plan_cardinality, plan_steadiness, plan_steps, signal_receivers, standing, standing_writes
from .compiling import describe
from .evaluating import evaluate_call, outermost
from .expression_errors import diagnose
from .limiting import limited
from .rehearsal_stage import Stage
from .rehearsing import rehearsal
from .rejection import NothingWritten, Rejected
from .wire import to_wire

# The methods, and the ways they can go: how many rows the first statement of the method itself finds.
WAYS = {
    "get_or_create": (("missing", 0), ("found", 1)),
    "update_or_create": (("missing", 0), ("found", 1)),
    "save": (("found", 1), ("missing", 0)),
    "add": (("always", 0),),
    "set": (("always", 2),),
    **dict.fromkeys(("bulk_update", "bulk_create", "create", "update", "delete", "remove", "clear"), (("always", 2),)),
}
_ONE_WAY = (("always", 2),)
_APART = 100  # what one way answers is no answer of the other


def plan(text, any_method=False, of_managers=False):
    """``{"form", "steps", …}`` of an expression, or its only statement; None where it is no method that writes.

    ``any_method``: whatever its name; a function of the project's that writes. ``of_managers``: one of a manager only.
    """
    form = outermost(text)
    if form not in WAYS and (not (any_method or of_managers) or form.endswith(("()", "[]"))):
        return None
    try:
        with limited(text):
            return _Plan(text, form, of_managers and form not in WAYS).record()
    except (Rejected, NotAManager):
        raise
    except Exception as error:
        raise Rejected(diagnose(text, error)) from error


class NotAManager(Exception):
    """The method belongs to something else."""


class _Plan:
    """A write on its way through its rehearsals."""

    def __init__(self, text, form, of_managers=False):
        self.text, self.form, self.of_managers = text, form, of_managers
        self.targets, self.model, self.notes = None, "", []

    def record(self):
        plain, others = self._ways(), self._ways(other=True)
        for way, stage in plain.items():
            plan_steadiness.require_steady(self.form, stage, lambda *instead, way=way: self._instead(way, instead))
        names = {name: stand_in for stage in plain.values() for name, stand_in in stage.met.items()}
        varied = {name: self._varied(name) for name in names}
        if not any(act.kind != "select" for stage in plain.values() for act in stage.acts):
            raise NothingWritten(standing_writes.refusal(self.form + "()", "it writes nothing").diagnostic)
        steps = [
            self._step(branch, number, stage.acts[number], others[way], names, {n: w[way] for n, w in varied.items()})
            for branch, number, way, stage in plan_steps.in_order(plain)
            if not plan_steadiness.is_dropped(stage.acts[number])
        ]
        asked = [act for stage in plain.values() for act in stage.acts]
        self.notes = self.notes + standing_writes.notes(names) + plan_steadiness.notes(asked)
        alone = len(steps) == 1 and not (self.targets or {}).get("name") and not steps[0]["before"]
        if alone and not any(stage.failure for stage in plain.values()):
            return dict(steps[0]["query"], diagnostics=_receivers(plain) + self.notes)
        return {
            "form": self.form,
            "model": self.model,
            "steps": plan_steps.without_repeats(steps) if self.form == "delete" else steps,
            "targets": self.targets,
            "failure": next((stage.failure for stage in plain.values() if stage.failure), ""),
            "diagnostics": _receivers(plain) + self.notes,
        }

    def _ways(self, other=False):
        """The rehearsals. A row that was loaded before it is saved is there: then ``save()`` goes one way only."""
        ways = {}
        for way, found in WAYS.get(self.form, _ONE_WAY):
            if not any(stage.loaded for stage in ways.values()):
                ways[way] = self._rehearsed(found, other)
        return ways

    def _varied(self, name):
        with standing.otherwise(name):
            return self._ways()

    def _instead(self, way, instead):
        return self._rehearsed(dict(WAYS.get(self.form, _ONE_WAY))[way], False, instead)

    def _rehearsed(self, found, other, instead=None):
        from django.core.exceptions import ObjectDoesNotExist
        from django.db import DatabaseError

        stage = Stage(plan_cardinality.rows(self.form, found), other, instead)
        with rehearsal(stage):
            receiver, method, positional, named = evaluate_call(self.text)
            if self.of_managers and not _is_manager(receiver):
                raise NotAManager
            stage.begin(_APART if not found else 0)
            self.model = _model(receiver)
            state = getattr(receiver, "_state", None)
            stage.loaded = self.form == "save" and state is not None and not state.adding
            listed = giving.listed(self.form, receiver, positional)
            self.notes = giving.notes(self.form, receiver)
            positional, named = giving.given(self.form, receiver, positional, named, other)
            if giving.is_many_to_many(self.form, receiver):
                values = positional[0] if self.form == "set" else positional
                self._note_targets(receiver, values, listed.name if listed is not None else "", other)
            try:
                getattr(receiver, method)(*positional, **named)
            except DatabaseError as error:  # of an UPDATE that must find its row
                if found or not stage.acts:
                    raise
                stage.failure = str(error)
            except ObjectDoesNotExist:
                if instead is None:
                    raise
                stage.missed = True
        stage.met = standing.met()
        return stage

    def _note_targets(self, receiver, values, listed, other):
        """The keys that ``add()`` or ``set()`` is given, as parameters hold them."""
        field = receiver.target_field
        keys = [to_wire(getattr(value, field.target_field.attname, value)) for value in values]
        if self.targets is None:
            self.targets = {
                "name": listed,
                "table": receiver.through._meta.db_table,
                "column": field.column,
                "source": receiver.source_field.column,
                "values": keys,
                "others": keys,
            }
        elif other:
            self.targets["others"] = keys

    def _step(self, branch, number, act, others, names, varied):
        if len(others.acts) <= number or others.acts[number].captured.sql != act.captured.sql:
            fact = "which statements it sends depends on the rows that it finds"
            raise standing_writes.refusal(self.form + "()", fact)
        query = describe(self.text, plan_steps.settled(act))
        query["variables"] = [
            record for name in names for record in plan_steps.variables(names[name], act, number, varied[name])
        ]
        return plan_steps.record(branch, act, query, others.acts[number])


def _is_manager(receiver):
    from django.db.models.manager import BaseManager
    from django.db.models.query import QuerySet

    return isinstance(receiver, (BaseManager, QuerySet))


def _model(receiver):
    """The label of the model that is written: of a many-to-many relation its table in between."""
    if hasattr(receiver, "through"):
        return receiver.through._meta.label
    return getattr(receiver, "model", type(receiver))._meta.label


def _receivers(ways):
    """A diagnostic of each receiver of a signal: it does not run on the other side."""
    found = {function: signal for stage in ways.values() for function, signal in stage.receivers.items()}
    return signal_receivers.diagnostics(found)
