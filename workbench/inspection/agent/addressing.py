"""Concrete addresses of a URL pattern: what it needs is taken from rows that exist, the rest fits its expressions."""

import inspect
import re
from urllib.parse import quote

from . import guard_admin, guard_functions, guard_views, reaching, url_samples

_VARIANTS = 4  # rows of a model that addresses are made of
_KEY = re.compile(r"(.+?)_?(?:pk|id|slug|uuid|guid|name)$")
_KEYS = ("pk", "id")
_OPTIONAL = {"format": "json"}  # the suffix of the REST framework's routers
_FILLERS = ("a", "1", "a-1", "en")  # for parameters whose shortest text leads to another view
_TEXTS = {"CharField", "SlugField", "TextField"}


class Library:
    """Rows of the scratch database by model, read once."""

    def __init__(self):
        self._rows = {}

    def rows(self, model):
        """A few rows, the same ones at every call."""
        if model not in self._rows:
            self._rows[model] = list(model._base_manager.order_by("pk")[:_VARIANTS])
        return self._rows[model]

    def fit(self, row, name, expression):
        """Gives a text field of a row a value that an address can hold."""
        field = row._meta.get_field(name)
        if field.get_internal_type() not in _TEXTS or re.fullmatch(expression, str(getattr(row, name))):
            return
        text = url_samples.sample(re.compile(expression), {})
        longer = "%s%s" % (text, row.pk)
        value = longer if re.fullmatch(expression, longer) else text
        type(row)._base_manager.filter(pk=row.pk).update(**{name: value})
        setattr(row, name, value)


class Concrete:
    """An address to request; ``objects`` are the rows named in it, the one that the view is about first."""

    def __init__(self, path, objects):
        self.path, self.objects = path, objects


def plain(key):
    """A row's key as JSON holds it."""
    return key if isinstance(key, int) else str(key)


def concrete(address, library):
    """Addresses of different rows, a few; [] where none leads to this view."""
    lookups = list(_lookups(address))
    found = {}
    for number in range(_VARIANTS if lookups else 1):
        made = _made(address, lookups, library, number)
        if made is not None:
            found.setdefault(made.path, made)
    return list(found.values())


def _made(address, lookups, library, number):
    values, objects = {name: _text(address, name, value) for name, value in _OPTIONAL.items()}, []
    for name, expression, model, field in lookups:
        rows = library.rows(model)
        if rows:
            row = rows[number % len(rows)]
            if field != "pk":
                library.fit(row, field, expression)
            objects.append(row)
            values[name] = _text(address, name, getattr(row, field))
    open_ones = [name for name, _ in _parameters(address) if name not in values]
    for text in (None, *_FILLERS):
        given = values if text is None else dict(values, **dict.fromkeys(open_ones, text))
        path = "/" + "".join(url_samples.sample(pattern.pattern.regex, given) for pattern in address.chain)
        if _leads_to(path, address):
            return Concrete(quote(path, safe="/~:@!$&'()*+,;="), objects)
    return None


def _text(address, name, value):
    """As its converter writes it."""
    for pattern in address.chain:
        converter = pattern.pattern.converters.get(name) if hasattr(pattern.pattern, "converters") else None
        if converter is not None:
            return str(converter.to_url(value))
    return str(value)


def _leads_to(path, address):
    from django.urls import Resolver404, resolve

    try:
        return resolve(path).func is address.callback
    except Resolver404:
        return False


def _lookups(address):
    """(parameter, expression, model, field) of the parameters that name a row; the view's own model first."""
    kind = guard_views.class_of(address.callback)
    models = list(_models(address, kind))
    known = dict(_declared(kind, models))
    known.update(_of_guardian(address.callback))
    known.update(_of_rules(address.callback))
    known.update(_of_admin(address.callback))
    found = []
    for name, expression in _parameters(address):
        model, field = known.get(name) or _guessed(name, models)
        if model is not None and name not in _OPTIONAL:
            found.append((name, expression, model, field))
    return sorted(found, key=lambda lookup: lookup[0] not in known)


def _parameters(address):
    """(name, expression) of the named groups along the chain."""
    for pattern in address.chain:
        converters = getattr(pattern.pattern, "converters", {})
        for name in pattern.pattern.regex.groupindex:
            yield name, converters[name].regex if name in converters else ".+"


def _declared(kind, models):
    """What a class-based view says about its own parameters."""
    if kind is None or not models:
        return
    for attribute, field in (("pk_url_kwarg", "pk"), ("slug_url_kwarg", getattr(kind, "slug_field", ""))):
        name = getattr(kind, attribute, None)
        if name and _has(models[0], field):
            yield name, (models[0], field)
    field = getattr(kind, "lookup_field", None)
    if field and _has(models[0], field):
        yield getattr(kind, "lookup_url_kwarg", None) or field, (models[0], field)


def _of_guardian(callback):
    """guardian's decorator names the model, the field and the parameter: ``(Task, "pk", "pk")``."""
    while callback is not None:
        if guard_functions.module_of(callback) == "guardian.decorators":
            variables = guard_functions.closure(callback).get("lookup_variables") or ()
            if len(variables) >= 3 and inspect.isclass(variables[0]):
                yield variables[2], (variables[0], variables[1])
        callback = getattr(callback, "__wrapped__", None)


def _of_rules(callback):
    """django-rules' ``objectgetter(Task, "pk")`` names the model, the parameter and the field."""
    for getter in _getters(callback):
        variables = guard_functions.closure(getter)
        if inspect.isclass(variables.get("model")) and "attr_name" in variables:
            yield variables["attr_name"], (variables["model"], variables["field_name"])


def _getters(callback):
    """The functions that find the object for django-rules' decorators."""
    while callback is not None:
        getter = guard_functions.closure(callback).get("fn")
        if guard_functions.module_of(callback) == "rules.contrib.views" and inspect.isfunction(getter):
            yield getter
        callback = getattr(callback, "__wrapped__", None)


def _of_admin(callback):
    """The admin's pages about one row."""
    admin = guard_admin.admin_of(callback)
    if admin is not None:
        yield from [(name, (admin.model, "pk")) for name in ("object_id", "object_pk", "id")]


def _models(address, kind):
    """Models that the view is about: the one of its class, then those that its body names, then the user."""
    from django.contrib.auth import get_user_model

    model = guard_views.model_of(address.callback, kind)
    found = [] if model is None else [model]
    for handler in [kind] if kind is None else [getattr(kind, name, None) for name in ("get", "post", "dispatch")]:
        found += _named(reaching.innermost(handler if kind is not None else address.callback))
    for getter in _getters(address.callback):
        found += _named(getter)
    return list(dict.fromkeys([*found, get_user_model()]))


def _named(function):
    from django.db.models import Model

    code = getattr(function, "__code__", None)
    scope = getattr(function, "__globals__", {})
    for name in code.co_names if code is not None else ():
        for value in (
            scope.get(name),
            *(getattr(scope.get(m), name, None) for m in code.co_names if _module(scope, m)),
        ):
            if inspect.isclass(value) and issubclass(value, Model) and not value._meta.abstract:
                yield value


def _module(scope, name):
    return inspect.ismodule(scope.get(name))


def _guessed(name, models):
    """The model that a parameter's name speaks of: ``project_id``, or a field of the view's own model."""
    from django.apps import apps

    match = _KEY.match(name)
    if match:
        wanted = match.group(1).replace("_", "").lower()
        field = name[len(match.group(1)) :].lstrip("_")
        for model in [*models, *apps.get_models()]:
            if model._meta.model_name == wanted and (field in _KEYS or _has(model, field)):
                return model, "pk" if field in _KEYS else field
    for model in models:
        if name in _KEYS or name == model._meta.model_name:
            return model, "pk"
        if _has(model, name):
            return model, name
    return None, ""


def _has(model, name):
    return name == "pk" or any(field.name == name and not field.is_relation for field in model._meta.concrete_fields)
