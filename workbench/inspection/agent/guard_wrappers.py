"""The guards around a view, recognised by the module whose code wraps it: names may be anything, closures are not."""

import inspect
import re

from . import guard_decorators, guard_functions, guard_made, guard_mixins, guard_rest, reaching


def of_function(view):
    """The guards that a chain of decorators puts before ``view``, outermost first."""
    found = []
    while view is not None and not inspect.isclass(view):
        inner = reaching.wrapped(view)
        guard = guard_decorators.known(view) or guard_decorators.of_wrapper(view, inner)
        if guard is not None:
            found.append(guard)
        view = inner
    return found


def of_class(kind, view):
    """The guards of a class-based view, in the order in which its bases run; ``view`` is one of it."""
    found = []
    rules = set()
    for base in kind.__mro__:
        rule = guard_mixins.MIXINS.get(guard_functions.dotted(base))
        if rule is not None and rule not in rules:  # the nearest of a kind: django-rules' mixin extends Django's
            rules.add(rule)
            found.append(rule(kind, base, view))
        for method in (vars(base)[name] for name in _EVERY if name in vars(base)):
            found += _decorated(method)
            inner = inspect.unwrap(method) if inspect.isfunction(method) else None
            if guard_made.is_own_function(inner) and _decides(inner):
                found.append(guard_made.guard("dispatch", inner, test=inner, refusal=guard_mixins.refusal_of(view)))
    for name in _METHODS:
        found += [dict(guard, methods=[name.upper()]) for guard in _decorated(inspect.getattr_static(kind, name, None))]
    return found


def login_middleware():
    """The ``LoginRequiredMiddleware`` of the settings, Django's or a class that extends it; None without one."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    for name in getattr(settings, "MIDDLEWARE", None) or []:
        kind = import_string(name)
        if inspect.isclass(kind) and any(guard_functions.dotted(base) == _LOGIN_MIDDLEWARE for base in kind.__mro__):
            return kind
    return None


def of_middleware(kind):
    """The guard that it is before one view."""
    return guard_made.guard("login_required", kind, refusal=guard_made.TO_LOGIN)


_LOGIN_MIDDLEWARE = "django.contrib.auth.middleware.LoginRequiredMiddleware"
_DECISION = re.compile(
    r"\brequest\.user\b|\bPermissionDenied\b|\bhas_perms?\(|\bhandle_no_permission\b|\bredirect_to_login\b|\bHttpResponseForbidden\b"
)
_EVERY = ("dispatch", "initial")  # these run before any method
_METHODS = ("get", "post", "put", "patch", "delete")


def _decides(method):
    """Whether a dispatch looks at who asks: most only prepare the view."""
    return _DECISION.search(guard_functions.source(method)) is not None


def _decorated(method):
    """The guards that ``method_decorator`` puts around a method: its closure keeps the decorators."""
    found = []
    while inspect.isfunction(method):
        if guard_functions.module_of(method) == "django.utils.decorators":
            variables = guard_functions.closure(method)
            decorators = variables.get("decorators", variables.get("decorator", ()))
            decorators = decorators if isinstance(decorators, (list, tuple)) else [decorators]
            found += [guard for guard in map(guard_decorators.of_decorator, decorators) if guard is not None]
        elif guard_decorators.known(method) is not None:
            found.append(guard_decorators.known(method))
        method = getattr(method, "__wrapped__", None) or guard_functions.closure(method).get("method")
    return found


def of_rest(callback, kind, methods):
    """Permission classes of the REST framework; those that decide about single objects are a second guard."""
    groups = guard_rest.trees(callback, kind, methods)
    refusal = _of_authenticators(kind) if groups else ()
    found = []
    for asked, tree in groups:
        before = {"methods": asked if len(groups) > 1 else []}
        if tree is None:
            method = inspect.getattr_static(kind, "get_permissions")
            made = guard_made.guard("drf.get_permissions", method, test=method, refusal=refusal)
            found.append(dict(made, unread=guard_rest.why_unknown(callback, kind, asked[0]), **before))
            continue
        named = guard_rest.permissions_in(tree)
        found.append(
            dict(guard_made.guard("drf.permission_classes", kind, named, tree=tree, refusal=refusal), **before)
        )
        if guard_rest.about_one_object(callback, kind) and guard_rest.asks_objects(tree):
            made = guard_made.guard("drf.object_permission", kind, tree=tree, refusal=refusal)
            found += [dict(made, **about) for about in _about_objects(callback, kind, asked)]
    return found


def _about_objects(callback, kind, methods):
    """What is known before each method: its action, which object the classes are asked about."""
    actions, alone = getattr(callback, "actions", None) or {}, guard_rest.alternatives_alone()
    for method in methods:
        early = {"method": method, "action": actions.get(method.lower(), ""), "alone": alone}
        yield {"methods": [method], "early": early, "unread": guard_rest.objects_unknown(callback, kind, method)}


def _of_authenticators(kind):
    """A visitor gets 401 where the first authentication class has a challenge to send, else 403."""
    classes = getattr(kind, "authentication_classes", None) or ()
    try:
        return guard_made.BY_VISITOR if classes and classes[0]().authenticate_header(None) else guard_made.FORBIDDEN
    except Exception:  # it wants to see a request: most that do have a challenge
        return guard_made.BY_VISITOR
