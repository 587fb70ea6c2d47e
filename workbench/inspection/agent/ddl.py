"""``ddl``: what Django's own schema editor would run to build every table, collected and not run."""

import contextlib

from django.apps import apps

from . import context, database_objects, expressions
from .failing import diagnose


def ddl(request):
    """Statements in order: extensions and collations, then ``statements``, then ``deferred``."""
    found, diagnostics = database_objects.of_migrations()
    editor = _collecting(expressions.connection(), found["collations"])
    editor.deferred_sql = []
    tables = {}
    with _no_transactions(editor.connection):
        for model in apps.get_models(include_auto_created=False):
            diagnostics += _create(editor, model, tables)
        deferred = _deferred(editor)
    extensions = sorted(set(found["extensions"]) | database_objects.extensions_of_models(apps.get_models()))
    return {
        "statements": editor.statements,
        "deferred": deferred,
        "extensions": extensions,
        "collations": found["collations"],
        "diagnostics": diagnostics,
    }


def _create(editor, model, tables):
    """Collects one model's statements; yields why not."""
    opts = model._meta
    if not opts.can_migrate(editor.connection):
        return _skipped(opts)
    if opts.db_table in tables:
        fact = "the table is already built for %s" % tables[opts.db_table]
        return [context.diagnostic("ddl-same-table", opts.label, opts.db_table, fact, "", "approximate")]
    kept = len(editor.statements), len(editor.deferred_sql)
    try:
        editor.create_model(model)
    except Exception as error:
        found = diagnose(error, "table of " + opts.label)
        built = any(entry["model"] == opts.label for entry in editor.statements[kept[0] :])
        if not built:
            del editor.statements[kept[0] :], editor.deferred_sql[kept[1] :]
            return [dict(found, code="ddl-failed", fidelity="unsupported")]
        fact = "the table is built, but not all that follows it (indexes, triggers): " + found["fact"]
        tables[opts.db_table] = opts.label
        return [dict(found, code="ddl-partial", fact=fact, fidelity="approximate")]
    tables[opts.db_table] = opts.label
    return []


def _skipped(opts):
    """Proxies and swapped models have no table; the others without one are worth a word."""
    if opts.proxy or opts.swapped:
        return []
    fact = "unmanaged: Django does not create its table" if not opts.managed else "made for another kind of database"
    return [context.diagnostic("ddl-not-created", opts.label, opts.db_table, fact, "", "manual")]


def _deferred(editor):
    """Foreign keys and indexes, printed as leaving the editor's block would run them."""
    done = len(editor.statements)
    for statement in editor.deferred_sql:
        editor.execute(statement, None)
    texts = [entry["sql"] for entry in editor.statements[done:]]
    del editor.statements[done:]
    return texts


@contextlib.contextmanager
def _no_transactions(connection):
    """Inside, ``transaction.atomic()`` of somebody's schema editor opens neither a connection nor a savepoint."""
    connection.in_atomic_block, connection.get_autocommit = True, lambda: True
    try:
        yield
    finally:
        connection.in_atomic_block = False
        del connection.get_autocommit


def _collecting(connection, collations):
    """An editor of the connection's own class that keeps (table, model, SQL) in place of running it."""
    inexact = {collation["name"] for collation in collations if not collation["deterministic"]}

    class Collecting(connection.SchemaEditorClass):
        model = None

        def create_model(self, model):
            outer, self.model = self.model, model
            try:
                super().create_model(model)
            finally:
                self.model = outer  # automatic through tables are created inside

        def execute(self, sql, params=()):
            text = expressions.executed(sql, params)
            table, label = (self.model._meta.db_table, self.model._meta.label) if self.model else (None, None)
            self.statements.append({"table": table, "model": label, "sql": text.rstrip(";")})

        def _is_collation_deterministic(self, collation_name):
            return collation_name not in inexact  # Django would ask the database

    editor = Collecting(connection, collect_sql=True, atomic=False)
    editor.statements = []
    return editor
