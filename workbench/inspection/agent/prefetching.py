"""The queries of prefetch_related, compiled for one stand-in parent whose key is a placeholder."""

from . import context
from .capturing import Captured, Watch, watching
from .rejection import FILE, Rejected
from .standing import instance


def prefetches(queryset, describe):
    """(records, diagnostics) of a queryset's prefetches; ``describe`` makes a record of a captured query."""
    records, missing, done = [], [], set()
    for lookup in getattr(queryset, "_prefetch_related_lookups", ()):
        try:
            for path, related in _steps(queryset, lookup, done):
                record = describe(path, related)
                records.append(dict(record, prefetch_path=path))
        except (Rejected, AttributeError, TypeError, ValueError) as error:
            path = getattr(lookup, "prefetch_through", lookup)
            help = "load it with a query of its own"
            missing.append(context.diagnostic("queryset-prefetch", FILE, path, str(error), help, "unsupported"))
    return records, missing


def _steps(queryset, lookup, done):
    """(path, captured query) of each relation that a lookup walks through, those already walked left out."""
    from django.db.models import Prefetch

    lookup = lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)
    model, names = queryset.model, lookup.prefetch_through.split("__")
    for level, name in enumerate(names):
        related = _related(
            instance(model, 0), name, lookup.get_current_queryset(level) if _old(lookup) else _given(lookup, level)
        )
        path = "__".join(names[: level + 1])
        if path not in done:
            done.add(path)
            yield path, related
        model = related.compiler.query.model


def _old(lookup):
    return not hasattr(lookup, "get_current_querysets")


def _given(lookup, level):
    querysets = lookup.get_current_querysets(level)
    return querysets[0] if querysets else None


def _related(instance, name, given):
    from django.db.models.query import get_prefetcher

    prefetcher, _, found, _ = get_prefetcher(instance, name, name)
    if not found or prefetcher is None:
        raise ValueError("%s has no relation %s to prefetch" % (type(instance).__name__, name))
    watch = Watch()
    with watching(watch):
        try:
            list(_queryset(prefetcher, instance, given))  # some prefetchers run their queryset themselves
        except Captured as captured:
            captured.queryset = watch.queryset
            return captured
    raise Rejected(context.diagnostic("queryset-prefetch", FILE, name, "it runs no query"))


def _queryset(prefetcher, instance, given):
    if hasattr(prefetcher, "get_prefetch_querysets"):
        return prefetcher.get_prefetch_querysets([instance], [given] if given is not None else None)[0]
    return prefetcher.get_prefetch_queryset([instance], given)[0]
