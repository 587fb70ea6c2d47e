"""Extensions and collations that the tables need: from the migrations' operations, and from the columns' types."""

import importlib
import os
import pkgutil
import re

from django.apps import apps
from django.conf import settings

from . import context, places
from .failing import diagnose

# Only files that say one of these are imported: a project can have a thousand migrations.
_TELLING = re.compile(r"Extension|CreateCollation|RunSQL")

_TYPE_EXTENSIONS = {"citext": "citext", "hstore": "hstore"}
_OPCLASS_EXTENSIONS = {"gin_trgm_ops": "pg_trgm", "gist_trgm_ops": "pg_trgm"}
_CLASS_EXTENSIONS = {"BloomIndex": "bloom", "ExclusionConstraint": "btree_gist"}


def of_migrations():
    """({"extensions", "collations"}, diagnostics) of all installed apps."""
    found = {"extensions": [], "collations": []}
    diagnostics = []
    for file, module in _migration_modules():
        try:
            operations = importlib.import_module(module).Migration.operations
        except Exception as error:
            diagnostics.append(dict(diagnose(error, "migration " + module), code="ddl-migration"))
            continue
        for operation in _flat(operations):
            diagnostics += _note(operation, found, file, module)
    return found, [item for place, item in enumerate(diagnostics) if item not in diagnostics[:place]]


def extensions_of_models(models):
    """Extensions that types, operator classes, indexes and constraints of the models cannot do without."""
    from .expressions import connection

    if connection().vendor != "postgresql":
        return set()
    return {name for model in models for name in _needed(model) if name}


def _needed(model):
    for field in model._meta.local_fields:
        yield _TYPE_EXTENSIONS.get(field.get_internal_type().replace("Field", "").lower())
        yield "citext" if type(field).__name__.startswith("CI") else None
    for item in list(model._meta.indexes) + list(model._meta.constraints):
        yield _CLASS_EXTENSIONS.get(type(item).__name__)
        yield from (_OPCLASS_EXTENSIONS.get(name) for name in getattr(item, "opclasses", None) or ())
        parts = [part for whole in _expressions(item) for part in whole.flatten()]
        yield from (_OPCLASS_EXTENSIONS.get(getattr(part, "extra", {}).get("name")) for part in parts)


def _expressions(item):
    """Those of an index or a unique constraint; an exclusion's are pairs with an operator."""
    wholes = [whole[0] if isinstance(whole, (tuple, list)) else whole for whole in getattr(item, "expressions", ())]
    return [whole for whole in wholes if hasattr(whole, "flatten")]


def _migration_modules():
    """(file, dotted name) of migrations worth importing."""
    for config in apps.get_app_configs():
        package = getattr(settings, "MIGRATION_MODULES", {}).get(config.label, config.name + ".migrations")
        folder = _folder(package)
        for item in pkgutil.iter_modules([folder]) if folder else ():
            file = os.path.join(folder, item.name + ".py")
            if not item.ispkg and os.path.isfile(file) and _tells(file):
                yield file, package + "." + item.name


def _folder(package):
    try:
        spec = importlib.util.find_spec(package) if package else None
    except ModuleNotFoundError:
        return None
    return next(iter(spec.submodule_search_locations or ()), None) if spec else None


def _tells(file):
    with open(file, encoding="utf-8", errors="replace") as source:
        return _TELLING.search(source.read()) is not None


def _flat(operations):
    for operation in operations:
        yield operation
        yield from _flat(getattr(operation, "database_operations", ()))


def _note(operation, found, file, module):
    """Keeps an extension or a collation; hands back what else a migration does in SQL."""
    names = [base.__name__ for base in type(operation).__mro__]
    shown = places.shown(file)
    if "CreateExtension" in names:
        found["extensions"].append(operation.name)
    elif "CreateCollation" in names:
        keys = ("name", "locale", "provider", "deterministic")
        found["collations"].append({key: getattr(operation, key) for key in keys})
        if operation.provider == "icu" or not operation.deterministic:
            fact = "needs ICU, which the scratch PostgreSQL does not have: comparisons there are by bytes"
            return [context.diagnostic("ddl-collation", module, operation.name, fact, "", "approximate", shown)]
    elif "RunSQL" in names and places.is_own(file):
        created = re.findall(r"(?i)create\s+extension\s+(?:if\s+not\s+exists\s+)?\"?([\w-]+)", str(operation.sql))
        found["extensions"] += created
        if not created:
            fact = "the migration runs SQL of its own; tables built from the models do not have what it made"
            return [context.diagnostic("ddl-run-sql", module, "RunSQL", fact, "", "manual", shown)]
    return []
