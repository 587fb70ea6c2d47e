import os
import smtplib
import socket
import subprocess
import time
from pathlib import Path

from django.contrib.auth.decorators import login_required, permission_required, user_passes_test
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_POST
from django.views.generic import DetailView
from rules.contrib.views import PermissionRequiredMixin as RulesMixin
from rules.contrib.views import objectgetter
from rules.contrib.views import permission_required as rules_required

from doors.models import Door, Note

OUTSIDE = Path(__file__).with_name("written.txt")


def hall(request):
    return HttpResponse("welcome")


def porch(request):
    return HttpResponse("this far")


def by_slug(request, slug):
    return HttpResponse(Door.objects.get(slug=slug).slug)


@login_required
@permission_required("doors.paint_door", raise_exception=True)
def stacked(request):
    return HttpResponse("painted")


@permission_required("doors.paint_door", raise_exception=True)
def raising(request):
    return HttpResponse("painted")


@permission_required(["doors.paint_door", "doors.sell_door"])
def several(request):
    return HttpResponse("painted and sold")


@user_passes_test(lambda user: user.is_staff or user.is_superuser)
def tested(request):
    return HttpResponse("tested")


@user_passes_test(lambda user: user.groups.filter(name="keepers").exists())
def in_group(request):
    return HttpResponse("kept")


class Page(View):
    def get(self, request, **kwargs):
        return HttpResponse("page")


class StaffOnly:
    """Guards by hand, and goes on to the next in line."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect("/sign-in/")
        if not request.user.is_staff:
            return HttpResponseForbidden()
        return super().dispatch(request, *args, **kwargs)


class Staff(StaffOnly, Page):
    pass


class Mixin(PermissionRequiredMixin, Page):
    permission_required = "doors.sell_door"


class MixinRaising(LoginRequiredMixin, Page):
    raise_exception = True


@method_decorator(login_required, name="dispatch")
class Dispatched(Page):
    pass


@require_POST
@login_required
def only_post(request):
    return HttpResponse("posted")


class ByMethod(Page):
    @method_decorator(permission_required("doors.paint_door"))
    def post(self, request):
        return HttpResponse("painted")


class DoorPage(RulesMixin, DetailView):
    model = Door
    permission_required = "doors.view_door"

    def get(self, request, **kwargs):
        return HttpResponse("a door")


@rules_required("doors.view_door", fn=objectgetter(Door, "pk"), raise_exception=True)
def by_function(request, pk):
    return HttpResponse("a door")


class Dynamic(PermissionRequiredMixin, Page):
    def get_permission_required(self):
        return [f"doors.{self.request.GET.get('action', 'sell')}_door"]


def archive(request, year, month=None):
    return HttpResponse(year)


def inside(request):
    """Its body decides."""
    if not request.user.is_superuser:
        raise PermissionDenied
    return HttpResponse("inside")


def elsewhere(request):
    """Its body sends others away."""
    return HttpResponse("here") if request.user.is_superuser else HttpResponseRedirect("/hall/")


def _keepers_only(view):
    """A decorator that nobody knows, and that does not say what it wraps."""

    def wrapper(request, **kwargs):
        return view(request, **kwargs) if request.user.is_superuser else redirect("/sign-in/")

    return wrapper


@_keepers_only
def odd(request):
    return HttpResponse("odd")


def make(request):
    Note.objects.create(text="made")
    return HttpResponse("made")


def made(request):
    """Tells whether anything of another request stayed."""
    if Note.objects.filter(text="made").exists():
        raise PermissionDenied
    return HttpResponse("nothing")


def effects(request):
    """What it can reach outside of the process, it tells by refusing."""
    send_mail("subject", "text", "from@gate.example", ["to@gate.example"])
    for attempt in (_file, _network, _program, _mail, _folder):
        try:
            attempt()
        except PermissionError:
            continue
        raise PermissionDenied
    return HttpResponse("kept in")


def _file():
    OUTSIDE.write_text("outside")


def _network():
    socket.create_connection(("192.0.2.1", 80), timeout=1)


def _program():
    subprocess.run(["true"], check=False)


def _mail():
    smtplib.SMTP("192.0.2.1", timeout=1)


def _folder():
    OUTSIDE.parent.joinpath("made").mkdir()


class Fewer(LoginRequiredMixin, View):
    """Its address gives an argument that only one of its methods takes."""

    def get(self, request):
        return HttpResponse("never")

    def post(self, request, number):
        return HttpResponse("posted")


@login_required
def broken(request):
    raise ValueError("after the guard")


def endless(request):
    time.sleep(3600)


def end(request):
    os._exit(3)
