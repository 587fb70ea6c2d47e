"""The queries of prefetch_related, compiled for two stand-in parents, and again for two others: their keys vary.

Lookups are walked as Django walks them: a relation that select_related has in hand takes no query, and the lookups
of a Prefetch's own queryset come after it.
"""

import copy

from . import content_types, context, standing, varying
from .intercepting import Captured, Watch, watching
from .linking import link, ways_back
from .patching import patched
from .rejection import FILE, Rejected
from .standing import instance
from .wire import to_wire

_PARENTS, _OTHERS = (1, 2), (201, 202)  # their keys


class Node:
    """What a lookup leads to: rows of a query (``to``), or instances inside of them (``via``, by select_related)."""

    def __init__(self, to, via, model, outputs, back=()):
        self.to, self.via, self.model, self.outputs, self.back = to, via, model, outputs, back

    def inside(self, name):
        """The node of a relation whose instances are in the rows already; None where they are not."""
        path = self.via + "__" + name if self.via else name
        for output in self.outputs:
            if output["path"] == path:
                return Node(self.to, path, _model(output["model"]), self.outputs)
        return None


def prefetches(queryset, outputs, describe):
    """(records, diagnostics) of a queryset's prefetches; ``describe`` makes a record of a captured query."""
    records, missing = [], []
    if getattr(queryset, "model", None) is None:
        return records, missing
    nodes = {"": Node("", "", queryset.model, outputs)}
    waiting = _lookups(queryset)
    while waiting:
        lookup = waiting.pop()
        try:
            for step in _steps(lookup, nodes, missing):
                records.append(_record(step, nodes, describe))
                waiting += _lookups(step.related.queryset, step.to)
        except (Rejected, AttributeError, TypeError, ValueError) as error:
            missing.append(_missing(lookup, error))
    return records, missing


def _missing(lookup, error):
    help = "load it with a query of its own"
    return context.diagnostic("queryset-prefetch", FILE, lookup.prefetch_through, str(error), help, "unsupported")


def _lookups(queryset, prefix=None):
    """The lookups of a queryset, the next one last."""
    from django.db.models import Prefetch

    found = []
    for lookup in reversed(getattr(queryset, "_prefetch_related_lookups", ())):
        held = getattr(lookup, "queryset", None)
        if isinstance(held, standing.Variable):
            raise standing.refusal(held.name, "a Prefetch takes it as its queryset")
        lookup = copy.copy(lookup) if isinstance(lookup, Prefetch) else Prefetch(lookup)
        if prefix:
            lookup.add_prefix(prefix)
        found.append(lookup)
    return found


class Step:
    """One query that a lookup needs."""

    def __init__(self, lookup, level, node, name):
        names = lookup.prefetch_through.split("__")
        given = _given(lookup, level)
        self.node, self.name, self.to = node, name, lookup.get_current_prefetch_to(level)
        self.path = "__".join(names[: level + 1])
        self.attribute = self.to.rpartition("__")[2]
        self.link, self.related = _related(node.model, name, given, _PARENTS)
        self.other = _related(node.model, name, given, _OTHERS)[1]
        self.types = {each: _with_another(each, node.model, name, given) for each in content_types.met()}


def _steps(lookup, nodes, missing):
    """Each query that a lookup needs and that no lookup before it needed."""
    node = nodes[""]
    for level, name in enumerate(lookup.prefetch_through.split("__")):
        to = lookup.get_current_prefetch_to(level)
        if to not in nodes and name in node.back:
            missing.append(_in_hand(lookup, name, to == lookup.prefetch_to))
            return
        if to not in nodes:
            nodes[to] = node.inside(name)
        if nodes[to] is None:
            del nodes[to]
            yield Step(lookup, level, node, name)
        node = nodes[to]


def _in_hand(lookup, name, last):
    """A relation back to where the rows came from; what hangs on it Django loads for some of these rows only."""
    fact = "%s is the row that they were loaded for: Django has it in hand and asks nothing" % name
    thing = lookup.prefetch_through
    if last:
        return context.diagnostic("queryset-prefetch", FILE, thing, fact, "", "note")
    fact += ", and loads what follows for those rows alone that led here"
    return context.diagnostic("queryset-prefetch", FILE, thing, fact, "prefetch it from the first row", "unsupported")


def _record(step, nodes, describe):
    record = describe(step.path, step.related)
    model = step.related.compiler.query.model
    nodes[step.to] = Node(step.to, "", model, record["outputs"], ways_back(step.node.model, step.name))
    place = {"to": step.to, "parent": step.node.to, "via": step.node.via, "attribute": step.attribute}
    variables = _variables(_keys(step.node.model, step.name), step.related, step.other)
    variables += _of_types(step)
    return dict(record, prefetch_path=step.path, variables=variables, link=dict(step.link, **place))


def _given(lookup, level):
    if not hasattr(lookup, "get_current_querysets"):
        return lookup.get_current_queryset(level)
    querysets = lookup.get_current_querysets(level)
    return querysets[0] if querysets else None


def _keys(model, name):
    """What the keys are called: the parents' own, or those of what they lead to."""
    forward = any(field.name == name for field in model._meta.concrete_fields)
    return "%s_ids" % (name if forward else model._meta.model_name)


def _variables(name, related, other):
    """The parents' keys as one stand-in, a list."""
    plain, changed = ([to_wire(value) for value in query.params] for query in (related, other))
    if related.sql != other.sql or len(plain) != len(changed):
        return []
    lists = zip(*[pair for pair in zip(plain, changed) if pair[0] != pair[1]])
    return [{"name": name, "values": [[list(keys) for keys in lists]], "parameters": changed}]


def _of_types(step):
    """Records of the content types that the query holds."""
    found = []
    for name, (other, again) in step.types.items():
        records = varying.compared(standing.met()[name], again, step.related, other)
        found += [record for record in records if record["parameters"] != list(map(to_wire, step.related.params))]
    return found


def _with_another(name, model, relation, given):
    """(query, stand-in) where the content type of that name has another key."""
    with standing.another(name):
        return _related(model, relation, given, _PARENTS)[1], standing.met().get(name)


def _related(model, name, given, parents):
    """(link, captured query) of a relation for stand-in parents."""
    from django.db.models.query import get_prefetcher

    instances = [instance(model, 0, keys=lambda path, key=key: key) for key in parents]
    with patched(content_types.patches()):
        prefetcher = link(model, name, lambda: get_prefetcher(instances[0], name, name))
    watch = Watch()
    with watching(watch):
        try:
            list(_queryset(prefetcher.object, instances, given))  # some run their queryset themselves
        except Captured as captured:
            captured.queryset = watch.queryset
            return prefetcher.record, captured
    raise Rejected(context.diagnostic("queryset-prefetch", FILE, name, "it runs no query"))


def _queryset(prefetcher, instances, given):
    if hasattr(prefetcher, "get_prefetch_querysets"):
        return prefetcher.get_prefetch_querysets(instances, [given] if given is not None else None)[0]
    return prefetcher.get_prefetch_queryset(instances, given)[0]


def _model(label):
    from django.apps import apps

    return apps.get_model(label)
