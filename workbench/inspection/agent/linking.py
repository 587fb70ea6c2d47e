"""How prefetched rows find the rows they belong to: the keys of both that Django compares, and where it puts them."""


class Linked:
    """Django's prefetcher of a relation, and its ``Link`` record without its place."""

    def __init__(self, object, single, parents, keys, cache, field=None, generic=False):
        self.object = object
        self.record = {
            "single": single,
            "parent_keys": [field.attname for field in parents],
            "keys": list(keys),
            "cache": cache,
            "field": "%s.%s" % (field.model._meta.label, field.name) if field is not None else "",
            "generic": generic,
        }


def link(model, name, get_prefetcher):
    """The ``Linked`` of a relation; ValueError says why there is none."""
    descriptor = getattr(model, name, None)
    if type(descriptor).__name__ == "GenericForeignKey":
        raise ValueError("a generic foreign key leads to rows of several tables: Django asks each table once")
    prefetcher, _, found, _ = get_prefetcher()
    if not found or prefetcher is None:
        raise ValueError("%s has no relation %s to prefetch" % (model.__name__, name))
    for known, form in _FORMS:
        if known(prefetcher):
            return form(prefetcher)
    raise ValueError("%s prefetches in a way of its own" % type(prefetcher).__name__)


def ways_back(model, name):
    """Names by which rows that were prefetched for a row hold that row already."""
    descriptor = getattr(model, name, None)
    field = getattr(descriptor, "field", None) or getattr(getattr(descriptor, "related", None), "field", None)
    if field is None or field.many_to_many:
        return ()
    if any(own is field for own in model._meta.concrete_fields):  # a key of this model: a one-to-one knows both ends
        return () if field.remote_field.multiple else (_cache(field.remote_field),)
    return (field.name,)


def _forward(prefetcher):
    field = prefetcher.field
    keys = [key.attname for key in field.foreign_related_fields]
    return Linked(prefetcher, True, field.local_related_fields, keys, _cache(field), field)


def _reverse_one(prefetcher):
    field = prefetcher.related.field
    keys = [key.attname for key in field.local_related_fields]
    return Linked(prefetcher, True, field.foreign_related_fields, keys, _cache(prefetcher.related), field)


def _many_to_many(prefetcher):
    field = prefetcher.through._meta.get_field(prefetcher.source_field_name)
    keys = ["_prefetch_related_val_%s" % key.attname for key in field.local_related_fields]
    return Linked(prefetcher, False, field.foreign_related_fields, keys, prefetcher.prefetch_cache_name)


def _reverse(prefetcher):
    field = prefetcher.field
    keys = [key.attname for key in field.local_related_fields]
    return Linked(prefetcher, False, field.foreign_related_fields, keys, _cache(field.remote_field), field)


def _generic(prefetcher):
    """The object's key as the related row holds it, which may be a text of it."""
    held = prefetcher.model._meta.get_field(prefetcher.object_id_field_name)
    key = prefetcher.instance._meta.pk
    if not _is_number(key) or not (_is_number(held) or held.get_internal_type() in ("CharField", "TextField")):
        fact = "a %s holds the keys, which are of a %s: how one is written as the other is not known here"
        raise ValueError(fact % (held.get_internal_type(), key.get_internal_type()))
    return Linked(prefetcher, False, [key], [held.attname], prefetcher.prefetch_cache_name, generic=True)


def _is_number(field):
    while field.is_relation:
        field = field.target_field
    kind = field.get_internal_type()
    return kind.endswith(("AutoField", "IntegerField"))


def _cache(field):
    """Where Django keeps what a relation leads to; older releases have a method for it."""
    return getattr(field, "cache_name", None) or field.get_cache_name()


def _is(name):
    return lambda prefetcher: any(kind.__name__ == name for kind in type(prefetcher).__mro__)


_FORMS = (
    (_is("ForwardManyToOneDescriptor"), _forward),
    (_is("ReverseOneToOneDescriptor"), _reverse_one),
    (lambda prefetcher: hasattr(prefetcher, "source_field_name"), _many_to_many),
    (lambda prefetcher: hasattr(prefetcher, "content_type_field_name"), _generic),
    (lambda prefetcher: hasattr(prefetcher, "field"), _reverse),
)
