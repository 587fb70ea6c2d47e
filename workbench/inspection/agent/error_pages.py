"""Error pages that cannot be made here: their statuses are what a request is about, not their looks."""

import functools


def keep_statuses():
    """A project's page for 403, 404 or another status that raises (its styles are not built) is empty instead."""
    from django.urls.resolvers import URLResolver

    original = URLResolver.resolve_error_handler
    if not hasattr(original, "__wrapped__"):
        URLResolver.resolve_error_handler = _keeping(original)


def _keeping(original):
    @functools.wraps(original)
    def resolve_error_handler(self, view_type):
        return functools.partial(_answer, original(self, view_type), int(view_type))

    return resolve_error_handler


def _answer(handler, status, request, *arguments, **options):
    from django.http import HttpResponse

    try:
        response = handler(request, *arguments, **options)
        return response.render() if hasattr(response, "render") else response
    except Exception:  # whatever the project's page runs into
        return HttpResponse(status=status)
