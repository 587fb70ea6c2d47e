"""The permissions of a project as TypeScript: the owned modules, and one module of rules for each app."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.records import Inspection
from workbench.policies.policy import Permission, Policies
from workbench.policies.translating import Translator
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.rendering import Artifact, Rendering
from workbench.targets.rules.app_module import AppModule, Rule
from workbench.targets.rules.loaders import loaders, render_loaders
from workbench.targets.rules.object_guards import render_object_guards
from workbench.targets.rules.own import own_shape, render_own
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.view_guards import GuardWriter
from workbench.targets.rules.viewer import render_viewer
from workbench.targets.rules.views import guard_functions, render_views

FOLDER = "permissions"
SUITE = "rules.test.ts"
OWNED = ("rules.ts", "values.ts", "filters.ts", "guards.ts", "loading.ts")

# Backends whose answers the registry gives: in general, or by rules
_ANSWERED = {
    "django.contrib.auth.backends.ModelBackend",
    "django.contrib.auth.backends.AllowAllUsersModelBackend",
    "django.contrib.auth.backends.RemoteUserBackend",
    "rules.permissions.ObjectPermissionBackend",
}
_RULES = "rules.permissions.ObjectPermissionBackend"


def render_rules(
    policies: Policies, inspection: Inspection, names: SchemaNames, dialect: Dialect = "postgres"
) -> Rendering:
    """Modules below ``permissions/``; they import the schema's modules. What is not translated denies, and says so."""
    modules = app_modules(policies, inspection, names)
    artifacts = [*map(owned_module, OWNED), suite()]
    for app, module in modules.items():
        text, origins = module.artifact(dialect)
        artifacts.append(Artifact(f"{FOLDER}/{app}.ts", "typescript", text, origins))
    writer = guard_writer(policies, inspection, names, modules)
    views = render_views(policies, writer, FOLDER)
    properties = Properties(Translator.of(policies, inspection).models, names)
    own = own_shape(modules, properties, writer.asked)
    artifacts += [*render_own(own), *render_viewer(inspection, properties, dialect, own)]
    artifacts += render_loaders(modules, inspection, dialect, guards=writer.asked)
    by_model = {loader.model: loader for loader in loaders(modules)}
    artifacts += render_object_guards(guard_functions(policies, writer), by_model, properties, dialect)
    gaps = [gap for rule in rules_of(modules).values() for gap in rule.diagnostics]
    said = [*policies.diagnostics, *_backends(policies), *gaps, *views.diagnostics]
    return Rendering((*artifacts, *views.artifacts), tuple(dict.fromkeys(said)))


def app_modules(policies: Policies, inspection: Inspection, names: SchemaNames) -> dict[str, AppModule]:
    """A module for each app of the project that has permissions."""
    translator = Translator.of(policies, inspection)
    properties = Properties(translator.models, names)
    tables = {properties.table(r.label) for r in inspection.models if r.table and not r.swapped}
    modules = {}
    for app, by_model in _by_app(policies, inspection):
        modules[app] = AppModule(app, translator, properties)
        modules[app].taken |= tables
        for model, permissions in by_model.items():
            modules[app].add_model(model or None, permissions)
    return modules


def guard_writer(
    policies: Policies, inspection: Inspection, names: SchemaNames, modules: Mapping[str, AppModule]
) -> GuardWriter:
    """Writes the guards that stand before views."""
    translator = Translator.of(policies, inspection)
    return GuardWriter(translator, Properties(translator.models, names), rules_of(modules))


def rules_of(modules: Mapping[str, AppModule]) -> dict[str, Rule]:
    """Every rule, by the full name of its permission."""
    return {name: rule for module in modules.values() for name, rule in module.rules.items()}


def owned_module(name: str) -> Artifact:
    """A module that we write and the generated project owns."""
    text = files("workbench.targets.rules").joinpath("module", name).read_text(encoding="utf-8")
    return Artifact(f"{FOLDER}/{name}", "typescript", text)


def suite() -> Artifact:
    """The tests of the owned modules, which the generated project owns as well; they need vitest."""
    text = files("workbench.targets.rules").joinpath("module", SUITE).read_text(encoding="utf-8")
    return Artifact(f"{FOLDER}/{SUITE}", "vitest", text)


def _by_app(policies: Policies, inspection: Inspection) -> Iterator[tuple[str, dict[str, tuple[Permission, ...]]]]:
    """The project's own apps, and others where a rule was added to them."""
    own = {app.label for app in inspection.apps if app.own}
    by_model = policies.by_model()
    apps = dict.fromkeys(p.name.partition(".")[0] for p in policies.everything if p.rule or p.model)
    for app in apps:
        found = {m: ps for m, all_ in by_model.items() if (ps := _of_app(all_, app))}
        if app in own or any(permission.rule for ps in found.values() for permission in ps):
            yield app, found


def _of_app(permissions: tuple[Permission, ...], app: str) -> tuple[Permission, ...]:
    return tuple(permission for permission in permissions if permission.name.partition(".")[0] == app)


def _guardian(name: str, policies: Policies) -> bool:
    """Whether it is guardian's backend, whose tables are known."""
    return name == "guardian.backends.ObjectPermissionBackend" and bool(policies.guardian and policies.guardian.tables)


def _backends(policies: Policies) -> Iterator[Diagnostic]:
    """Backends that may allow what the registry denies, and rules that no backend asks."""
    for name in policies.backends:
        if name not in _ANSWERED and name not in policies.backend_bodies and not _guardian(name, policies):
            fact = "this backend grants permissions on its own; the registry does not ask it, and denies"
            help = "add a predicate with its answer to the rules concerned, with .or(…)"
            yield Diagnostic("rules-backend", Origin("AUTHENTICATION_BACKENDS"), name, fact, help, Fidelity.MANUAL)
    if "has_module_perms" in policies.user_methods:
        place = policies.user_methods["has_module_perms"].origin
        fact = "the user model says itself whether an app may be seen: the admin's index and templates ask it"
        help = "ask the permissions of the app's models in its place"
        yield Diagnostic("rules-module-perms", place, "has_module_perms", fact, help, Fidelity.MANUAL)
    if _RULES not in policies.backends and any(permission.rule for permission in policies.permissions):
        fact = "rules are registered, but has_perm() never asks them: their backend is not configured"
        yield Diagnostic("rules-not-asked", Origin("AUTHENTICATION_BACKENDS"), _RULES, fact, fidelity=Fidelity.NOTE)
