"""Whom a function lets in, learned by running it: a stand-in for who asks answers every question both ways.

The function runs with nothing else at hand: at the first call of code that may look at more than the user (a table,
the time, a file) the run ends before that call, and the reason is told. What it learned is a tree of questions.
"""

from . import limiting
from .exploring_users import Asked, Request, Unknown
from .exploring_watch import LOGIN, PASS, Answered, Watch
from .rejection import Rejected

_MOST = 64  # runs; six questions in every combination


def of_test(test):
    """``{"tree", "refusal"}`` of a test of a user (``user_passes_test``), or ``{"why"}`` where it cannot be read so."""

    def run(user):
        return PASS if test(user) else LOGIN

    return _explored(run, test)


def of_wrapper(wrapper, inner):
    """The same of the function that a decorator made: whether it comes to call ``inner``."""
    return _explored(lambda user: _entered(_with(wrapper, inner), user), wrapper)


def of_decorator(decorator):
    """The same of a decorator that nothing was given to yet."""
    return _explored(lambda user: _entered(decorator(_inner), user), decorator)


def _entered(function, user):
    """A decorator that returns without a refusal and without calling what it wraps answers in its own way."""
    function(Request(user))
    raise Unknown("it answers in its own way")


def _inner(*arguments, **options):
    raise Answered(PASS)


def _with(wrapper, inner):
    """The wrapper around nothing: its variable that holds what it wraps holds ``_inner``."""
    cells = [_cell(_inner) if _holds(cell, inner) else cell for cell in wrapper.__closure__ or ()]
    if not any(_holds(cell, _inner) for cell in cells):
        raise Unknown("what it wraps is not among its variables")
    made = type(wrapper)(wrapper.__code__, wrapper.__globals__, wrapper.__name__, wrapper.__defaults__, tuple(cells))
    made.__kwdefaults__ = wrapper.__kwdefaults__
    return made


def _cell(value):
    return (lambda: value).__closure__[0]


def _holds(cell, value):
    try:
        return cell.cell_contents is value
    except ValueError:  # not assigned yet
        return False


def _explored(run, function):
    watch = Watch(function)
    try:
        with limiting.limited(getattr(function, "__name__", "test")):
            tree = _tree(lambda given: watch.status(run, given), {}, [_MOST])
            refusal = _refusal(tree)
    except (Unknown, Rejected) as unknown:
        return {"why": str(unknown)}
    except Exception as error:  # of the project's code, with a stand-in that it did not expect
        return {"why": "%s: %s" % (type(error).__name__, error)}
    return {"tree": tree, "refusal": refusal}


def _tree(status, given, left):
    """``{"status"}``, or ``{"ask", "yes", "no"}``."""
    left[0] -= 1
    if left[0] < 0:
        raise Unknown("it asks too many questions")
    try:
        return {"status": status(given)}
    except Asked as asked:
        question = asked.question
    return {
        "ask": list(question),
        "yes": _tree(status, dict(given, **{_KEY(question): True}), left),
        "no": _tree(status, dict(given, **{_KEY(question): False}), left),
    }


_KEY = " ".join


def _refusal(tree):
    """How it refuses a visitor, and somebody who is signed in; each has to be refused in one way."""
    found = {True: set(), False: set()}
    for answers, status in _ways(tree, {}):
        for signed_in in (True, False):
            if status != PASS and _may_be(answers, signed_in):
                found[signed_in].add(status)
    if any(len(statuses) > 1 for statuses in found.values()):
        raise Unknown("it refuses one user in several ways")
    signed_in = next(iter(found[True] or found[False]), LOGIN)
    return [next(iter(found[False]), signed_in), signed_in]


def _ways(tree, answers):
    if "status" in tree:
        yield answers, tree["status"]
        return
    for word in ("yes", "no"):
        for way in _ways(tree[word], dict(answers, **{_KEY(tree["ask"]): word == "yes"})):
            yield way


def _may_be(answers, signed_in):
    """Whether somebody signed in, or a visitor, may answer so: a visitor has no flag and no permission."""
    if answers.get("authenticated", signed_in) != signed_in:
        return False
    return signed_in or not any(answers.values())
