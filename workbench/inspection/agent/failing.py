"""AgentError, and the rules that turn an exception of the project's code into a diagnostic."""

import os
import traceback

from . import context, places, variables


class AgentError(Exception):
    """A failure whose facts the workbench shows as a diagnostic: ``kind`` is its code."""

    def __init__(self, kind, message, **facts):
        super().__init__(message)
        self.kind, self.message, self.facts = kind, message, facts

    def as_dict(self):
        """The error object of the protocol."""
        return dict(self.facts, kind=self.kind, message=self.message)


def diagnose(error, stage, fallback=(None, None)):
    """The diagnostic of the first rule that knows the error; ``stage`` says what was being loaded.

    ``fallback`` is the (file, line) to show where the error arose in nobody's code but Django's.
    """
    error = _root_cause(error)
    file, line = place_of(error, fallback)
    code, thing, fact, help = next(found for found in (rule(error, stage, file, line) for rule in _RULES) if found)
    return context.diagnostic(code, stage, thing, fact, help, "error", places.shown(file), line)


def place_of(error, fallback=(None, None)):
    """(file, line): the innermost frame in the project's own code, else in a package, else the fallback."""
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    own = [frame for frame in frames if places.is_own(frame[0])]
    others = [frame for frame in frames if not _is_machinery(frame[0])]
    return (own or others or [fallback])[-1]


def _is_machinery(file):
    """Python's and Django's own code, and ours, in which no project's mistake lies."""
    parts = file.split(os.sep)
    return file.startswith("<") or "importlib" in parts or "workbench_agent" in parts or "django" in parts[:-1]


def _root_cause(error):
    """The cause that a package missing underneath names: Django wraps it in ImproperlyConfigured."""
    cause = error.__cause__
    return cause if isinstance(cause, (ModuleNotFoundError, SyntaxError)) else error


def _syntax(error, stage, file, line):
    if not isinstance(error, SyntaxError):
        return None
    text = (error.text or "").strip()
    return "load-syntax", text or stage, error.msg, "correct the line: the project's interpreter cannot read it"


def _missing_module(error, stage, file, line):
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return None
    if (context.CURRENT["settings"] + ".").startswith(error.name + "."):
        help = "name the settings module: settings=… (--settings …)"
        return "load-no-settings", context.CURRENT["settings"], "no such settings module", help
    package = error.name.partition(".")[0]
    if package != error.name and _exists(package):
        help = "write the file (secrets are often left out of a repository), or name other settings: settings=…"
        help = help if stage.startswith("settings") else "check the import"
        return "load-missing-module", error.name, "no such module in the package " + package, help
    name = _DISTRIBUTIONS.get(package, package)
    help = "install %s into the project's interpreter, or name another one: python=… (--python …)" % name
    return "load-missing-package", package, "not installed in the project's interpreter", help


def _exists(package):
    import importlib.util

    return importlib.util.find_spec(package) is not None


def _missing_variable(error, stage, file, line):
    name = variables.missing(error, file, line)
    if name is None:
        return None
    help = 'set it, put it into a .env file beside manage.py, or pass env={"%s": "…"} (--env %s=…)' % (name, name)
    others = [other for other in variables.demanded(file) if other != name]
    help += "; the file also demands " + ", ".join(others) if others else ""
    return "load-missing-variable", name, "the environment variable is not set, and %s needs it" % stage, help


def _exit(error, stage, file, line):
    if not isinstance(error, SystemExit):
        return None
    fact = "the code calls sys.exit(%s) while it is imported" % ("" if error.code is None else repr(error.code))
    return "load-exit", stage, fact, "move the call into a function or under if __name__ == '__main__'"


def _missing_file(error, stage, file, line):
    if not isinstance(error, FileNotFoundError) or not error.filename:
        return None
    return "load-missing-file", places.shown(str(error.filename)), "no such file, and %s reads it" % stage, ""


def _reads_input(error, stage, file, line):
    if not isinstance(error, EOFError):
        return None
    return "load-reads-input", stage, "the code reads its standard input while it is imported", "it gets none here"


def _not_ready(error, stage, file, line):
    if type(error).__name__ != "AppRegistryNotReady":
        return None
    help = "import models inside functions, or in AppConfig.ready()"
    return "load-not-ready", stage, "models are used before all apps are loaded (%s)" % error, help


def _database(error, stage, file, line):
    if not any(base.__module__ == "django.db.utils" and base.__name__ == "Error" for base in type(error).__mro__):
        return None
    help = "query in a function, not while the code is imported"
    return "load-queries-database", stage, "the code queries the database, and none is there yet", help


def _anything(error, stage, file, line):
    return "load-failed", stage, "%s: %s" % (type(error).__name__, error), ""


# The first that answers decides.
_RULES = (
    _syntax,
    _missing_module,
    _missing_variable,
    _exit,
    _missing_file,
    _reads_input,
    _not_ready,
    _database,
    _anything,
)

# Import names whose distribution is called otherwise.
_DISTRIBUTIONS = {
    "MySQLdb": "mysqlclient",
    "PIL": "Pillow",
    "corsheaders": "django-cors-headers",
    "debug_toolbar": "django-debug-toolbar",
    "decouple": "python-decouple",
    "django_filters": "django-filter",
    "dotenv": "python-dotenv",
    "environ": "django-environ",
    "jwt": "PyJWT",
    "rest_framework": "djangorestframework",
    "storages": "django-storages",
    "yaml": "PyYAML",
}
