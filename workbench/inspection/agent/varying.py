"""Which parameters of a query hold which value of its call site: found by compiling it again with another value."""

from uuid import UUID

from . import standing
from .capturing import capture
from .limiting import limited
from .rejection import Rejected
from .wire import to_wire


def variables(text, captured, met):
    """A ``StandIn`` record of each value that the call site has in a name, as far as it stands in a parameter.

    ``met``: the stand-ins, by name.
    """
    return [record for name in met for record in _records(text, captured, met[name])]


def _records(text, captured, stand_in):
    try:
        with standing.otherwise(stand_in.name), limited(text):
            other = capture(text)
    except Rejected:
        return []
    return compared(stand_in, standing.met().get(stand_in.name), captured, other)


def compared(stand_in, again, captured, other):
    """The records of a stand-in; ``again`` is the one of its name that ``other`` was compiled with."""
    plain, changed = ([to_wire(value) for value in query.params] for query in (captured, other))
    if other.sql != captured.sql or len(changed) != len(plain) or again is None:
        return [{"name": stand_in.name, "values": [], "parameters": plain}]  # it decides more than parameters
    if isinstance(stand_in, standing.Keys):
        return _keys(stand_in, plain, changed)
    values = [[to_wire(old), to_wire(new)] for old, new in zip(stand_in.values, again.values)]
    return [{"name": stand_in.name, "values": values, "parameters": changed}]


def _keys(stand_in, plain, changed):
    """One record for each key of an instance that stands in the query."""
    records = []
    for path, number in stand_in.numbers.items():
        forms = [number, str(number), to_wire(UUID(int=number))]
        held = [_holds(old, new, forms) for old, new in zip(plain, changed)]
        if any(held):
            mixed = [new if here else old for here, old, new in zip(held, plain, changed)]
            pairs = {str(pair): pair for here, *pair in zip(held, plain, changed) if here}
            pairs = {str(pair): pair for each in pairs.values() for pair in _apart(*each)}
            name = "%s.%s" % (stand_in.name, path)
            records.append({"name": name, "values": list(pairs.values()), "parameters": mixed})
    return records


def _apart(old, new):
    """The pairs of a list's items that differ, or the one pair."""
    return [list(pair) for pair in zip(old, new) if pair[0] != pair[1]] if isinstance(old, list) else [[old, new]]


def _holds(old, new, forms):
    """Whether a parameter, or a list that is one, differs in a key."""
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return old != new and all(other in forms for one, other in zip(old, new) if one != other)
    return old != new and new in forms
