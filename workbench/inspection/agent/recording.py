"""Recording: each query that Django hands to a database, noted on its way; nothing of it is changed or delayed.

``install`` replaces one method, which Django calls inside ``CursorWrapper._execute`` just before the driver and which
does nothing by itself. It returns before the statement runs: no traceback of the command has a frame of ours, and no
cursor, compiler or queryset is wrapped.
"""

import os
import sys
import threading

from . import holding, recording_parts, recording_pickles, recording_places, recording_stack, recording_statements

_STATE = threading.local()  # ``busy`` while a statement is being described: what runs inside is not recorded


class Recorder:
    """The statements and call sites of one process; a fork's child begins with what its parent knew."""

    def __init__(self, folder, redact):
        self.redact = redact
        self.lock = threading.Lock()
        self.parts = recording_parts.Parts(folder)
        # (SQL, vendor, model) -> identity, and the model, so that its id() stays its own
        self.statements = holding.held({})
        self.sites = holding.held({})  # (SQL, alias, model, file, line, caller) -> Site
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.forked)

    def forked(self):
        """In a fork's child: counts of its own, in files of its own."""
        self.lock = threading.Lock()
        self.sites.clear()
        self.parts.forked()
        recording_pickles.forked()

    def note(self, frame, many):
        """Counts the statement of a ``CursorWrapper._execute`` frame; describes it where it is new."""
        stack = recording_stack.look(frame)
        if stack.internal:
            return
        names = frame.f_locals  # made of the frame for us: not for a savepoint
        sql, connection = names["sql"], names["self"].db
        key = (sql, connection.alias, id(stack.model), stack.file, stack.line, stack.caller)
        with self.lock:
            site = self.sites.get(key)
            if site is None:
                values = names["param_list" if many else "params"]
                site = self.sites[key] = self.met(connection, sql, values, many, stack)
            site.count(stack.scope)

    def met(self, connection, sql, values, many, stack):
        """A statement at a place it was not seen at before."""
        known, described = (sql, connection.vendor, id(stack.model)), None
        statement = self.statements.get(known)
        if statement is None:
            facts = recording_statements.describe(self, connection, sql, values, many, stack)
            described, statement = recording_statements.packed(facts), (facts["id"], stack.model)
        file = recording_places.shown(stack.file)
        place = (str.__str__(connection.alias), file, stack.line, stack.function, stack.caller)
        blocks = recording_statements.transaction(connection)
        site = self.parts.site(statement[0], described, place, blocks)
        self.statements[known] = statement  # now that its description is written
        return site

    def failed(self, error):
        """Recording what could not be described; said once a kind, and the command goes on."""
        self.parts.trouble("%s: %s" % (type(error).__name__, error))


def install(module):
    """Begins recording; ``module`` is ``django.db.backends.utils``, just imported."""
    from django.db.utils import DatabaseErrorWrapper

    recorder = Recorder(os.environ["WORKBENCH_RECORD"], os.environ.get("WORKBENCH_RECORD_REDACT") == "1")
    recording_places.prepare(os.environ["WORKBENCH_RECORD_ROOT"])
    one, several = module.CursorWrapper._execute.__code__, module.CursorWrapper._executemany.__code__
    frame_of, state = sys._getframe, _STATE

    def __enter__(self):
        frame = frame_of(1)
        code = frame.f_code
        if (code is one or code is several) and not getattr(state, "busy", False):
            state.busy = True
            try:
                recorder.note(frame, code is several)
            except Exception as error:
                recorder.failed(error)
            finally:
                state.busy = False

    DatabaseErrorWrapper.__enter__ = __enter__
    holding.at_exit()
