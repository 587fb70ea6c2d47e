"""The guards of the project's views as functions: one for each view, called first by its server function."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from workbench.diagnostic import Diagnostic, Fidelity
from workbench.policies.policy import Place, Policies, View
from workbench.targets.drizzle.names import camel, fresh
from workbench.targets.rendering import Artifact, Rendering
from workbench.targets.rules.rule_names import IMPORTED
from workbench.targets.rules.view_guards import GuardForm, GuardWriter
from workbench.targets.typescript import Import, comment, is_identifier, print_statement

_GUARDS = ("requireNothingKnown", "requirePermission", "requireRule", "requireSession", "requireStaff", "requireTest")


def render_views(policies: Policies, writer: GuardWriter, path: str) -> Rendering:
    """The module ``path``: a guard for each of the project's own views; those without one are listed at its end."""
    taken: set[str] = {"user", "object", *_GUARDS, *IMPORTED["rules.ts"]}
    parts, gaps = [], []
    for view, routes in _own_views(policies):
        forms = _forms(view, policies, writer)
        inside = policies.inside(view)
        gaps += [gap for form in forms for gap in form.diagnostics]
        gaps += [_decides_inside(view, place) for place in inside]
        if forms or inside:
            parts.append(_function(view, routes, forms, inside, taken))
    open_views = policies.unguarded()
    parts += [comment(f"open to everybody: {view.route} {view.view} ({view.origin})") + "\n" for view in open_views]
    body = "\n".join(parts)
    gaps += [_open(view) for view in open_views]
    return Rendering((Artifact(path, "typescript", _imports(body, writer) + body),), tuple(dict.fromkeys(gaps)))


def _own_views(policies: Policies) -> list[tuple[View, list[str]]]:
    """Each view once, with all its addresses."""
    found: dict[tuple[object, ...], tuple[View, list[str]]] = {}
    for view in policies.views:
        if view.own:
            found.setdefault((view.view, view.guards), (view, []))[1].append(view.route)
    return list(found.values())


def _forms(view: View, policies: Policies, writer: GuardWriter) -> list[GuardForm]:
    forms = [writer.write(guard, view) for guard in view.guards]
    if policies.login_everywhere and not any("requireSession(user);" in form.text for form in forms):
        forms.insert(0, GuardForm(("requireSession(user);",)))
    return forms


def _function(
    view: View, routes: Sequence[str], forms: Sequence[GuardForm], inside: Sequence[Place], taken: set[str]
) -> str:
    wanted = camel(f"guard_{re.sub('[^0-9A-Za-z]+', '_', view.name or view.view.rsplit('.', 1)[-1])}")
    name = fresh(wanted if is_identifier(wanted) else "guard", taken)
    contexts = dict.fromkeys(rule.context for form in forms for rule in form.rules)
    about = f", object: {' & '.join(contexts)}" if contexts else ""
    statements = dict.fromkeys(text for form in forms for text in form.text)
    python = [guard.source for guard, form in zip(view.guards, forms, strict=False) if form.diagnostics]
    notes = [f"{' '.join(routes)} ({view.origin})", *python]
    notes += [f"decides inside ({place.origin}): {place.source}" for place in inside]
    body = "".join(f"  {statement}\n" for statement in statements)
    user = "user" if statements else "_user"
    return f"{comment(chr(10).join(notes))}\nexport function {name}({user}: User{about}): void {{\n{body}}}\n"


def _imports(body: str, writer: GuardWriter) -> str:
    """The imports of what the functions use."""
    words = set(re.findall(r"[A-Za-z_$][\w$]*", re.sub(r"^\s*//.*$", "", body, flags=re.M)))
    lines = [Import("./guards.ts", _used(_GUARDS, words))]
    rules = [rule for rule in writer.rules.values() if rule.registry in words]
    for app in dict.fromkeys(rule.permission.name.partition(".")[0] for rule in rules):
        of_app = [rule for rule in rules if rule.permission.name.startswith(f"{app}.")]
        registries = tuple(rule.registry for rule in of_app)
        lines.append(Import(f"./{app}.ts", registries, _used([rule.context for rule in of_app], words)))
    lines.append(Import("./rules.ts", _used(IMPORTED["rules.ts"], words), ("User",)))
    return "".join(print_statement(line) + "\n" for line in lines if line.names or line.types) + "\n"


def _used(names: Iterable[str], words: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in words)


def _decides_inside(view: View, place: Place) -> Diagnostic:
    fact = f"{view.view} decides inside, after its guards: {place.source.splitlines()[0]}"
    help = "write the same question or narrowing into the server function"
    return Diagnostic("guards-inside-view", place.origin, place.kind, fact, help, Fidelity.MANUAL)


def _open(view: View) -> Diagnostic:
    fact = f"nothing guards {view.route or '/'}: whoever asks gets an answer"
    return Diagnostic("guards-open-view", view.origin, view.view, fact, fidelity=Fidelity.NOTE)
