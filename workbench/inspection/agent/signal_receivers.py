"""Receivers of the signals that a write sends: noted, and not called; each is named in a diagnostic."""

from . import context
from .guard_functions import origin
from .rejection import FILE

_SIGNALS = ("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")


def silenced():
    """(class, attribute, replacement) that keep receivers of a write's signals from being called."""
    return noted({})


def noted(receivers):
    """The same, by which ``receivers`` come to hold each one and the name of its signal."""
    from django.dispatch import Signal

    return [(Signal, "send", _send(Signal.send, receivers))]


def _send(original, receivers):
    def send(signal, sender, **named):
        from django.db.models import signals

        name = next((name for name in _SIGNALS if getattr(signals, name) is signal), None)
        if name is None:
            return original(signal, sender, **named)
        found = signal._live_receivers(sender)
        for receiver in found[0] + found[1] if isinstance(found, tuple) else found:
            receivers.setdefault(receiver, name)
        return []

    return send


def diagnostics(receivers):
    """A diagnostic of each: it does not run on the other side."""
    return [_diagnostic(function, signal) for function, signal in receivers.items()]


def _diagnostic(function, signal):
    place = origin(function)
    fact = "it is called at %s; what it does is not part of these statements" % signal
    help = "call its counterpart in TypeScript beside them"
    thing = getattr(function, "__qualname__", type(function).__name__)
    return context.diagnostic(
        "queryset-signal", place["name"] or FILE, thing, fact, help, "manual", place["file"], place["line"]
    )
