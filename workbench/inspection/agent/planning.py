"""Writes of several statements as plans: the statements in Django's order, and what later ones take of earlier answers.

Each is rehearsed: once for every way that its form can go, and again with other values wherever one stands in.
"""

from . import describing, giving, signal_receivers, standing, varying
from .compiling import describe
from .evaluating import diagnose, evaluate_call, outermost
from .limiting import limited
from .rehearsal_stage import Stage, Unknown
from .rehearsing import rehearsal
from .rejection import Rejected
from .standing_writes import refusal
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
_ASKED_FIRST = ("get_or_create", "update_or_create", "save")
_APART = 100  # what one way answers is no answer of the other
_MANY = 2  # rows that a SELECT finds: enough to see that there is a list
_CONTENT_TYPE = "contenttypes.ContentType"
_REFUSING = ("PROTECT", "RESTRICT")


def plan(text, any_method=False):
    """``{"form", "steps", …}`` of an expression, or its only statement; None where it is no method that writes.

    ``any_method``: whatever its name; a function of the project's that writes.
    """
    form = outermost(text)
    if form not in WAYS and (not any_method or form.endswith(("()", "[]"))):
        return None
    try:
        with limited(text):
            return _Plan(text, form).record()
    except Rejected:
        raise
    except Exception as error:
        raise Rejected(diagnose(text, error)) from error


class _Plan:
    """A write on its way through its rehearsals."""

    def __init__(self, text, form):
        self.text, self.form = text, form
        self.targets, self.model, self.notes = None, "", []

    def record(self):
        plain, others = self._ways(), self._ways(other=True)
        names = {name: stand_in for stage in plain.values() for name, stand_in in stage.met.items()}
        varied = {name: self._varied(name) for name in names}
        if not any(act.kind != "select" for stage in plain.values() for act in stage.acts):
            raise refusal(self.form + "()", "it writes nothing")
        steps = [
            self._step(branch, number, stage.acts[number], others[way], names, {n: w[way] for n, w in varied.items()})
            for branch, number, way, stage in _in_order(plain)
        ]
        alone = len(steps) == 1 and not (self.targets or {}).get("name") and not steps[0]["before"]
        if alone and not any(stage.failure for stage in plain.values()):
            return dict(steps[0]["query"], diagnostics=_receivers(plain) + self.notes)
        return {
            "form": self.form,
            "model": self.model,
            "steps": _without_repeats(steps) if self.form == "delete" else steps,
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

    def _rehearsed(self, found, other):
        from django.db import DatabaseError

        stage = Stage(_rows(self.form, found), other)
        with rehearsal(stage):
            receiver, method, positional, named = evaluate_call(self.text)
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
            raise refusal(self.form + "()", "which statements it sends depends on the rows that it finds")
        query, other, relation = describe(self.text, _settled(act)), others.acts[number], act.relation
        query["variables"] = [record for name in names for record in _variables(names[name], act, number, varied[name])]
        return {
            "kind": act.kind,
            "branch": branch,
            "before": act.phase == "before",
            "query": query,
            "others": [_wire(value) for value in other.captured.params],
            "answers": _answers(act, other),
            "relation": act.relation_name(),
            "again": act.again,
            "rule": relation.remote_field.on_delete.__name__ if relation is not None else "",
        }


def _model(receiver):
    """The label of the model that is written: of a many-to-many relation its table in between."""
    if hasattr(receiver, "through"):
        return receiver.through._meta.label
    return getattr(receiver, "model", type(receiver))._meta.label


def _in_order(ways):
    """(branch, number, way, rehearsal) of each statement: those that all ways share first, then each way's own."""
    shared = _shared(list(ways.values()))
    for number in range(shared):
        yield "always", number, *_fullest(ways, number)
    for way, stage in ways.items():
        for number in range(shared, len(stage.acts)):
            yield way, number, way, stage


def _without_repeats(steps):
    """Deleting twice is deleting once. Django loads a parent's row that it has already: that asks nothing new."""
    kept, seen = [], set()
    for step in steps:
        same = repr((step["kind"], step["query"]["sql"], step["query"]["parameters"], step["others"]))
        loads = step["query"]["intent"] == "get" and not step["before"]
        if same not in seen and (not loads or step["query"]["model"] == _CONTENT_TYPE):
            kept.append(step)
        seen.add(same)
    return kept


def _variables(stand_in, act, number, varied):
    """The records of a value of the call site that the statement holds."""
    again = varied.met.get(stand_in.name)
    if number >= len(varied.acts):
        fact = "which statements are sent depends on it, and what it holds is known only while the code runs"
        raise refusal(stand_in.name, fact)
    other = varied.acts[number].captured
    if (other.sql, list(other.params)) == (act.captured.sql, list(act.captured.params)):
        return []
    return varying.compared(stand_in, again, act.captured, other)


def _settled(act):
    captured = act.captured
    captured.params = tuple(captured.params)
    captured.intent = act.kind if act.kind != "select" else captured.intent
    for value in captured.params:
        if isinstance(value, Unknown):
            fact = "a statement holds a value of a row that an earlier one found, of a type that is not known here"
            raise refusal(value.kind or "value", fact)
    return captured


def _wire(value):
    return None if isinstance(value, Unknown) else to_wire(value)


def _answers(act, other):
    """Of each column that the statement gives back: its values in the rows, here and with other values."""
    records = []
    for index in range(len(act.answers[0]) if act.answers else 0):
        values, others = ([_wire(each.adapted(index, row[index])) for row in each.answers] for each in (act, other))
        column = act.columns[index] if act.columns else ""
        records.append({"index": index, "column": column, "values": values, "others": others})
    return records


def _fullest(ways, number):
    """(way, rehearsal): of a statement that all ways share, the one that found most."""
    return max(ways.items(), key=lambda pair: len(pair[1].acts[number].answers))


def _shared(stages):
    """How many first statements all ways have."""
    if len(stages) == 1:
        return len(stages[0].acts)
    texts = [[(act.kind, act.captured.sql) for act in stage.acts] for stage in stages]
    count = 0
    while all(len(each) > count for each in texts) and texts[0][count] == texts[1][count]:
        count += 1
    return count


def _rows(form, found):
    """How many rows a statement finds, or changes, in a rehearsal where the form's own finds ``found``."""

    def rows(act, acts):
        intent, model = act.captured.intent, describing.model_label(act.captured)
        if act.kind == "select" and intent in ("exists", "count"):
            fact = "the code asks %s of %s in between, and goes on as the answer says" % (intent, model)
            raise refusal(form + "()", fact)
        if act.phase == "before" or model == _CONTENT_TYPE:
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


def _receivers(ways):
    """A diagnostic of each receiver of a signal: it does not run on the other side."""
    found = {function: signal for stage in ways.values() for function, signal in stage.receivers.items()}
    return signal_receivers.diagnostics(found)
