"""What the project's views may not do while we request them: write files, reach the network, start programs, send mail.

The database is a scratch one, and each request is rolled back there; everything else outside the process is refused
by an audit hook, which Python cannot take away again: once confined, the process stays so.
"""

import os
import sys
import tempfile

from .pointing import FILES

_REFUSED = {
    "socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.kill",
    "os.killpg", "pty.spawn", "smtplib.connect", "ftplib.connect", "webbrowser.open",
}  # fmt: skip
_PATHS = {
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "os.link", "os.symlink", "os.truncate",
    "os.utime", "shutil.rmtree", "shutil.move", "shutil.copyfile", "shutil.chown", "os.setxattr", "os.removexattr",
    "tempfile.mkstemp", "tempfile.mkdtemp", "sqlite3.connect",
}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_CONFINED = {}  # type: dict # "folder": the one below which files may be written


class Refused(PermissionError):
    """The project's code tried something that has no place in a trial."""


def confine():
    """Refuses effects from now on, and puts in-memory backends in place of the project's; the second call is free."""
    if not _CONFINED:
        folder = tempfile.TemporaryDirectory(prefix="workbench-trial-")
        _CONFINED.update(folder=os.path.realpath(folder.name), kept=folder)
        _settings(_CONFINED["folder"])
        _celery()
        sys.addaudithook(_audit)


def _audit(event, arguments):
    if event in _REFUSED:
        raise Refused("%s is refused while views are tried" % event)
    if event == "open":
        path, mode, flags = arguments
        if flags & _WRITING if isinstance(flags, int) else set(mode or "") & set("wax+"):
            _require_inside(event, path)
    elif event in _PATHS:
        _require_inside(event, arguments[0])


def _require_inside(event, path):
    """Files may be written below our own temporary folder only."""
    if isinstance(path, int) or path in (os.devnull, ":memory:") or os.path.realpath(os.fsdecode(path)) in FILES:
        return
    inside = os.path.join(_CONFINED["folder"], "")
    if not os.path.join(os.path.realpath(os.fsdecode(path or ".")), "").startswith(inside):
        raise Refused("%s %s is refused while views are tried" % (event, path))


def _settings(folder):
    """Mail, caches and files stay in memory; any host name is answered; sessions live in the cookie alone."""
    from django.conf import settings

    caches = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    for name, value in (
        ("EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend"),
        ("CACHES", {alias: dict(caches) for alias in {"default", *settings.CACHES}}),
        ("SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies"),
        ("MEDIA_ROOT", folder),
        ("ALLOWED_HOSTS", ["*"]),
        ("PREPEND_WWW", False),
        ("CELERY_TASK_ALWAYS_EAGER", False),
    ):
        setattr(settings, name, value)
    _search(settings)
    _renew()
    tempfile.tempdir = folder


def _search(settings):
    """django-haystack looks into the database in place of an index."""
    for options in getattr(settings, "HAYSTACK_CONNECTIONS", {}).values():
        options.update(ENGINE="haystack.backends.simple_backend.SimpleEngine")


def _renew():
    """Handlers that remember the settings they were made from forget them."""
    from django.core.cache import caches

    caches.__dict__.pop("settings", None)
    for alias in list(caches.settings):
        if hasattr(caches._connections, alias):
            delattr(caches._connections, alias)


def _celery():
    """A task that a view sends is not sent."""
    task = getattr(sys.modules.get("celery.app.task"), "Task", None)
    if task is not None:
        task.apply_async = lambda self, *args, **options: None
        task.delay = lambda self, *args, **options: None
