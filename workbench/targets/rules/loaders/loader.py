"""Which models have loaders, what those read, and how their functions are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.policies.condition import Condition
from workbench.policies.translating import Translator, atoms
from workbench.targets.rules.app_module import AppModule
from workbench.targets.rules.contexts import Shape, shape_of
from workbench.targets.rules.properties import Properties


@dataclass(frozen=True)
class Loader:
    """The functions that load the contexts of one model's objects, by their names in the generated module."""

    model: str  # label
    app: str
    registry: str
    context: str
    contexts: str
    capabilities: str


def loaders(modules: Mapping[str, AppModule]) -> tuple[Loader, ...]:
    """A loader for each model whose rules read anything of its objects."""
    return tuple(loader for loader, _ in with_shapes(modules, {}))


def with_shapes(
    modules: Mapping[str, AppModule], more: Mapping[str, Sequence[Condition]]
) -> Iterator[tuple[Loader, Shape]]:
    """Each loader, and what it reads; ``more``: by model, conditions beside those of the rules."""
    for app, module in modules.items():
        by_model: dict[str, tuple[str, str]] = {}
        for rule in sorted(module.rules.values(), key=lambda rule: rule.permission.asked is not None):
            if rule.permission.model and rule.permission.about_object:
                by_model.setdefault(rule.permission.model, (rule.registry, rule.context))
        for model, (registry, context) in by_model.items():
            conditions = (*conditions_of(module, model), *more.get(model, ()))
            node = _shape(model, conditions, module.properties)
            if not node.empty():
                stem = module.properties.variable(model)
                names = (f"{stem}Contexts", f"{stem}Capabilities")
                yield Loader(model, app, registry, context, *names), node


def conditions_of(module: AppModule, model: str) -> list[Condition]:
    """The conditions that the rules about a model are made of, as far as they are translated."""
    keys = dict.fromkeys(
        key
        for rule in module.rules.values()
        if rule.permission.model == model and rule.permission.about_object
        for key in atoms(rule.permission.about_object)
    )
    return _translated(module.translator, keys, model)


def _translated(translator: Translator, keys: Mapping[str, None], model: str) -> list[Condition]:
    found = (translator.atom(key, model).condition for key in keys)
    return [condition for condition in found if condition is not None]


def _shape(model: str, conditions: Sequence[Condition], properties: Properties) -> Shape:
    """What the conditions read, without those that the schema does not hold: their predicates are stubs that deny."""
    held = []
    for condition in conditions:
        try:
            shape_of(model, [condition], properties)
            held.append(condition)
        except KeyError:
            continue
    return shape_of(model, held, properties)
