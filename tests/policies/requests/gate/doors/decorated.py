"""Views behind decorators that somebody wrote: some ask who it is, some ask other things, one hides its question."""

import functools
import time

from django.contrib.auth.decorators import user_passes_test
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View

from doors.models import Note


def page(request, **kwargs):
    return HttpResponse("page")


def allowing(*ways):
    """One of the ways is enough; each is a list of flags and permissions."""

    def test(user):
        def whole(way):
            flags = [getattr(user, name) for name in way if "." not in name]
            return all(flags) and user.has_perms([name for name in way if "." in name])

        allowed = any(whole(way) for way in ways)
        if not allowed and user.is_authenticated:
            raise PermissionDenied
        return allowed

    return user_passes_test(test)


def _wrapping(decide):
    """A decorator of what answers in place of the view, or None."""

    def decorator(view):
        @functools.wraps(view)
        def wrapper(request, *args, **kwargs):
            answer = decide(request)
            return view(request, *args, **kwargs) if answer is None else answer

        return wrapper

    return decorator


@_wrapping
def visitors_only(request):
    return render(request, "refused.html", status=403) if request.user.is_authenticated else None


@_wrapping
def hidden(request):
    if not request.user.is_staff:
        raise Http404


@_wrapping
def in_office_hours(request):
    return None if time.localtime().tm_year > 2000 else HttpResponse(status=403)


@_wrapping
def while_open(request):
    if Note.objects.filter(text="closed").exists():
        raise PermissionDenied


@_wrapping
def careless(request):
    try:
        allowed = request.user.is_staff or request.user.is_superuser
    except BaseException:
        allowed = True
    return None if allowed else HttpResponse(status=403)


@_wrapping
def by_name(request):
    return None if str(request.user) == "keeper" else HttpResponse(status=403)


@user_passes_test(lambda user: user.is_authenticated and not user.email.endswith("@elsewhere.example"))
def colleagues(request):
    return HttpResponse("colleagues")


@user_passes_test(lambda user: user.is_authenticated and user.date_joined <= timezone.now())
def joined(request):
    return HttpResponse("joined")


def watched(view):
    """Calls it in any case."""

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Seconds"] = str(time.monotonic())
        return response

    return wrapper


@method_decorator(hidden, name="dispatch")
class Hidden(View):
    def get(self, request):
        return HttpResponse("hidden")
