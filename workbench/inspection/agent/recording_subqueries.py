"""The queries inside a recorded query: each has tables of its own. None of the project's code runs to find them."""

from .holding import held

_HOLDING = ("children", "lhs", "rhs", "query", "condition", "resolved_condition")  # attributes that hold expressions
_COLUMN, _QUERY, _HELD, _ASKED = range(1, 5)  # a part without others, a query, others in attributes, also asked for
_forms = held({})  # a class -> one of these
_PLAIN_VALUES = frozenset([str, int, float, bool, bytes, type(None)])
_NONE = {}  # type: dict


def queries_of(query, sql):
    """(query, depth) of a query and of those inside it, which are looked for only where its SQL says that there are."""
    return list(queries(query)) if "select" in sql[1:].lower() else [(query, 0)]


def queries(query, depth=0, done=None):
    """(query, depth) of a query and of those inside it: subqueries, set operations, lookups' right sides."""
    done = set() if done is None else done
    if id(query) in done:
        return
    done.add(id(query))
    yield query, depth
    parts = [getattr(query, "inner_query", None), getattr(query, "where", None)]
    parts += getattr(query, "combined_queries", ())
    parts += getattr(query, "annotations", {}).values()
    parts += getattr(query, "select", ())
    parts += query.order_by
    parts += [value for _, _, value in getattr(query, "values", None) or ()]
    parts += [getattr(join, "filtered_relation", None) for join in getattr(query, "alias_map", {}).values()]
    for inner in _inside(parts):
        yield from queries(inner, depth + 1, done)


def _inside(waiting):
    """The queries that expressions, conditions and lookups hold directly; ``waiting`` is used up."""
    seen = set()
    while waiting:
        part = waiting.pop()
        cls = type(part)
        if cls in _PLAIN_VALUES or id(part) in seen:
            continue
        if cls is list or cls is tuple:
            waiting += part
            continue
        seen.add(id(part))
        form = _forms.get(cls) or _form_of(part)
        if form == _COLUMN:
            continue
        if form == _QUERY:
            yield part
            continue
        own = getattr(part, "__dict__", _NONE)  # asking for other attributes could run the project's code
        for name in _HOLDING:
            if name in own:
                waiting.append(own[name])
        if form == _ASKED:
            waiting += part.get_source_expressions()


def _form_of(part):
    """Where instances of its class hold others; asked once a class."""
    from django.db.models.lookups import Lookup
    from django.db.models.sql.where import WhereNode

    cls, ask = type(part), getattr(part, "get_source_expressions", None)
    told = [base.get_source_expressions for base in (Lookup, WhereNode)]  # nothing that is in no attribute
    if cls.__name__ == "Col":  # there are more of them than of all others
        form = _COLUMN
    elif hasattr(part, "alias_map"):
        form = _QUERY
    else:
        form = _HELD if ask is None or getattr(ask, "__func__", None) in told else _ASKED
    _forms[cls] = form
    return form
