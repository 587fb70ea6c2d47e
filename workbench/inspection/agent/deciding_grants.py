"""guardian's grants: looked up once for all that one user is asked about one object, where nothing is written."""

import contextlib
from importlib import import_module

_READING = ("SELECT", "SAVEPOINT", "RELEASE")


class Grants:
    """What guardian's own checkers found, kept while the same is asked again."""

    def __init__(self):
        self.known = {}

    def forget(self):
        """Another user, another object, or rows that may have changed."""
        self.known.clear()

    @contextlib.contextmanager
    def kept(self):
        """guardian makes a new checker for each permission, which would look everything up anew."""
        from django.apps import apps
        from django.db import connection

        if not apps.is_installed("guardian"):
            yield
            return
        kind = import_module("guardian.core").ObjectPermissionChecker
        original = kind.get_perms
        kind.get_perms = lambda checker, thing: self._of(original, checker, thing)
        try:
            with connection.execute_wrapper(self._watched):
                yield
        finally:
            kind.get_perms = original

    def _of(self, original, checker, thing):
        key = (type(checker), type(checker.user), _key(checker.user), _key(checker.group), type(thing), thing.pk)
        if key not in self.known:
            self.known[key] = list(original(checker, thing))
        return list(self.known[key])

    def _watched(self, execute, sql, params, many, context):
        if not str(sql).lstrip().upper().startswith(_READING):
            self.forget()
        return execute(sql, params, many, context)


def _key(row):
    return getattr(row, "pk", None)
