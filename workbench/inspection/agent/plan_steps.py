"""The steps of a plan, out of its rehearsals: their order, the values of the call site in them, their answers."""

from . import content_types, varying
from .rehearsal_stage import Unknown
from .standing_writes import refusal
from .wire import to_wire


def in_order(ways):
    """(branch, number, way, rehearsal) of each statement: those that all ways share first, then each way's own."""
    shared = _shared(list(ways.values()))
    for number in range(shared):
        yield "always", number, *_fullest(ways, number)
    for way, stage in ways.items():
        for number in range(shared, len(stage.acts)):
            yield way, number, way, stage


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


def without_repeats(steps):
    """Deleting twice is deleting once. Django loads a parent's row that it has already: that asks nothing new."""
    kept, seen = [], set()
    for step in steps:
        same = repr((step["kind"], step["query"]["sql"], step["query"]["parameters"], step["others"]))
        loads = step["query"]["intent"] == "get" and not step["before"]
        if same not in seen and (not loads or step["query"]["model"] == content_types.LABEL):
            kept.append(step)
        seen.add(same)
    return kept


def settled(act):
    """Its query with the kind of a write as its intent; refused where it holds a value of an unknown type."""
    captured = act.captured
    captured.params = tuple(captured.params)
    captured.intent = act.kind if act.kind != "select" else captured.intent
    for value in captured.params:
        if isinstance(value, Unknown):
            fact = "a statement holds a value of a row that an earlier one found, of a type that is not known here"
            raise refusal(value.kind or "value", fact)
    return captured


def variables(stand_in, act, number, varied):
    """The records of a value of the call site that the statement holds."""
    again = varied.met.get(stand_in.name)
    if number >= len(varied.acts):
        fact = "which statements are sent depends on it, and what it holds is known only while the code runs"
        raise refusal(stand_in.name, fact)
    other = varied.acts[number].captured
    if (other.sql, list(other.params)) == (act.captured.sql, list(act.captured.params)):
        return []
    return varying.compared(stand_in, again, act.captured, other)


def record(branch, act, query, other):
    """The step of a described statement; ``other`` is the same one, with other values."""
    relation = act.relation
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


def _answers(act, other):
    """Of each column that the statement gives back: its values in the rows, here and with other values."""
    records = []
    for index in range(len(act.answers[0]) if act.answers else 0):
        values, others = ([_wire(each.adapted(index, row[index])) for row in each.answers] for each in (act, other))
        column = act.columns[index] if act.columns else ""
        records.append({"index": index, "column": column, "values": values, "others": others})
    return records


def _wire(value):
    return None if isinstance(value, Unknown) else to_wire(value)
