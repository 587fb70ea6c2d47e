"""The databases the project sees: ours under all of its aliases, set before anything of it can open one of its own."""

from . import context

_VENDORS = (("postg", "postgresql"), ("mysql", "mysql"), ("maria", "mysql"), ("oracle", "oracle"), ("sqlite", "sqlite"))
_PLAIN = {"postgres": "django.db.backends.postgresql", "sqlite": "django.db.backends.sqlite3"}
_OTHER_VENDORS = {
    "mysql": "columns are built as on %s: unsigned integers, display widths and case-insensitive text differ",
    "oracle": "columns are built as on %s: empty strings are NULL on Oracle and are not here",
}
_NAMES = {"postgres": "PostgreSQL", "sqlite": "SQLite"}
# The version that feature flags are read from before any server runs (that of the scratch server's wheel, 18).
POSTGRES_VERSION = 180000


def configured(settings):
    """(records, diagnostics) of the databases that the settings name; never credentials."""
    records, diagnostics = [], []
    for alias, options in sorted(settings.DATABASES.items()):
        engine = str(options.get("ENGINE", ""))
        vendor = next((vendor for part, vendor in _VENDORS if part in engine), "unknown")
        records.append({"alias": alias, "engine": engine, "vendor": vendor})
        diagnostics += _differences(alias, engine, vendor)
    return records, diagnostics


def _differences(alias, engine, vendor):
    place = "DATABASES[%r]" % alias
    if ".gis." in engine or "postgis" in engine:
        fact = "geometry columns need PostGIS, which the scratch database does not have"
        help = "models with geometry fields are shown; queries over them are not run"
        yield context.diagnostic("load-gis", place, engine, fact, help, "unsupported")
    if vendor in _OTHER_VENDORS:
        fact = _OTHER_VENDORS[vendor] % _NAMES[context.dialect()]
        yield context.diagnostic("load-vendor", place, engine, fact, "", "approximate")


def override(settings, dialect, databases, absent):
    """Replaces DATABASES; ``absent`` is a socket folder that does not exist: without a server nothing connects."""
    given = databases or {"default": dict(_scratch(dialect, absent))}
    aliases = sorted(set(settings.DATABASES) | {"default"})
    settings.DATABASES = {alias: dict(given.get(alias, given["default"])) for alias in aliases}
    from django.db import connections

    connections.__dict__.pop("settings", None)  # an import by the settings module may have read the old ones
    if dialect == "postgres":
        for alias in aliases:
            connections[alias].__dict__["pg_version"] = POSTGRES_VERSION  # a cached property that would connect


def _scratch(dialect, absent):
    name = ":memory:" if dialect == "sqlite" else "workbench"
    return {"ENGINE": _PLAIN[dialect], "NAME": name, "HOST": absent if dialect == "postgres" else ""}
