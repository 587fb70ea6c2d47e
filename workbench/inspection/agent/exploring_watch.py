"""One run of a function with a stand-in user: what it answers, as long as it looks at nothing else."""

import sys

from . import places
from .exploring_users import Ended, Unknown, User

PASS, LOGIN = 200, 401
_STATUSES = {"PermissionDenied": 403, "Http404": 404}
_CODE = ("abc", "_collections_abc", "functools", "django.conf", "django.utils.functional")  # nothing is decided there
_PURE = {"builtins", "_abc", "_functools", "_operator", "itertools"}
_REFUSED = {"__import__", "breakpoint", "compile", "delattr", "eval", "exec", "input", "open", "print", "setattr"}
_PLAIN = (bool, bytes, dict, frozenset, int, list, set, str, tuple)
_SENT = {"render": "django.shortcuts", "redirect": "django.shortcuts", "redirect_to_login": "django.contrib.auth.views"}
_RESPONSES = "django.http.response"


class Answered(Ended):
    """The answer is known before it is made: its status."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


class Watch:
    """Runs a function, and stops it at the first call of code that may look at more than the user."""

    def __init__(self, function):
        module = getattr(function, "__globals__", {}).get("__name__", "")
        self._package = module.partition(".")[0]

    def status(self, run, given):
        """What one user gets."""
        del Ended.raised[:]
        sys.setprofile(self._seen)
        try:
            found = run(User(given))
        except Answered as answered:
            found = answered.status
            Ended.raised.remove(answered)
        except Exception as error:
            found = _status_of(error)
        finally:
            sys.setprofile(None)
        if Ended.raised:
            raise Unknown("it catches every exception")
        return found

    def _seen(self, frame, event, argument):
        wraps = frame.f_globals.get("__name__") == "functools"  # what it sets, it sets on the wrapper that it makes
        if event == "c_call" and argument is not sys.setprofile and not (wraps or _pure(argument)):
            raise Unknown("it calls %s()" % getattr(argument, "__qualname__", argument))
        if event == "call":
            module, name = frame.f_globals.get("__name__", ""), frame.f_code.co_name
            _answer(module, name, frame.f_locals)
            if not self._known(module, frame.f_code.co_filename):
                raise Unknown("it calls %s.%s()" % (module, name))

    def _known(self, module, file):
        package = module.partition(".")[0]
        ours = package in (self._package, __package__.partition(".")[0])
        return ours or module in _CODE or places.is_own(file)


def _status_of(error):
    """Of Django's exceptions that are answers; any other is the project's error."""
    status = _STATUSES.get(type(error).__name__)
    if status is None or not type(error).__module__.startswith("django."):
        raise error
    return status


def _pure(function):
    holder = getattr(function, "__self__", None)
    if type(holder) in _PLAIN:
        return True
    return getattr(function, "__module__", None) in _PURE and function.__name__ not in _REFUSED


def _answer(module, name, values):
    """A response that is about to be made: its status says what it is."""
    if _SENT.get(name) == module:
        status = {"redirect_to_login": LOGIN, "render": values.get("status") or PASS}.get(name)
        if status is None:
            status = LOGIN if _to_login(values.get("to")) else 302
        raise _as_refusal(status)
    if module == _RESPONSES and name == "__init__":
        made = values["self"]
        status = values.get("status") or values.get("kwargs", {}).get("status") or made.status_code
        login = 300 <= status < 400 and _to_login(values.get("redirect_to", ""))
        raise _as_refusal(LOGIN if login else status)


def _to_login(place):
    from django.conf import settings

    return isinstance(place, str) and place.partition("?")[0] in (settings.LOGIN_URL, str(settings.LOGIN_URL))


def _as_refusal(status):
    if status in (401, 403, 404):
        return Answered(status)
    return Unknown("it answers %d in its own way" % status)
