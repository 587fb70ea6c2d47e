"""The queries of prefetch_related, compiled for two stand-in parents, and again for two others: their keys vary."""

from . import context
from .capturing import Captured, Watch, watching
from .rejection import FILE, Rejected
from .standing import instance
from .wire import to_wire

_PARENTS, _OTHERS = (1, 2), (201, 202)  # their keys


def prefetches(queryset, describe):
    """(records, diagnostics) of a queryset's prefetches; ``describe`` makes a record of a captured query."""
    records, missing, done = [], [], set()
    for lookup in getattr(queryset, "_prefetch_related_lookups", ()):
        try:
            for path, keys, related, other in _steps(queryset, lookup, done):
                record = describe(path, related)
                records.append(dict(record, prefetch_path=path, variables=_variables(keys, related, other)))
        except (Rejected, AttributeError, TypeError, ValueError) as error:
            path = getattr(lookup, "prefetch_through", lookup)
            help = "load it with a query of its own"
            missing.append(context.diagnostic("queryset-prefetch", FILE, path, str(error), help, "unsupported"))
    return records, missing


def _steps(queryset, lookup, done):
    """(path, name of its keys, query, query for other parents) of each relation that a lookup walks through.

    Those already walked are left out.
    """
    from django.db.models import Prefetch

    lookup = lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)
    model, names = queryset.model, lookup.prefetch_through.split("__")
    for level, name in enumerate(names):
        given = lookup.get_current_queryset(level) if _old(lookup) else _given(lookup, level)
        related, other = (_related(model, name, given, parents) for parents in (_PARENTS, _OTHERS))
        path = "__".join(names[: level + 1])
        if path not in done:
            done.add(path)
            yield path, _keys(model, name), related, other
        model = related.compiler.query.model


def _old(lookup):
    return not hasattr(lookup, "get_current_querysets")


def _given(lookup, level):
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


def _related(model, name, given, parents):
    from django.db.models.query import get_prefetcher

    instances = [instance(model, 0, keys=lambda path, key=key: key) for key in parents]
    prefetcher, _, found, _ = get_prefetcher(instances[0], name, name)
    if not found or prefetcher is None:
        raise ValueError("%s has no relation %s to prefetch" % (model.__name__, name))
    watch = Watch()
    with watching(watch):
        try:
            list(_queryset(prefetcher, instances, given))  # some prefetchers run their queryset themselves
        except Captured as captured:
            captured.queryset = watch.queryset
            return captured
    raise Rejected(context.diagnostic("queryset-prefetch", FILE, name, "it runs no query"))


def _queryset(prefetcher, instances, given):
    if hasattr(prefetcher, "get_prefetch_querysets"):
        return prefetcher.get_prefetch_querysets(instances, [given] if given is not None else None)[0]
    return prefetcher.get_prefetch_queryset(instances, given)[0]
