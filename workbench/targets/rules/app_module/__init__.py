"""The rules of one app: contexts, predicates, a registry for each model, and filters for lists."""

from workbench.targets.rules.app_module.declarations import alias_constants, imports_of
from workbench.targets.rules.app_module.module import AppModule
from workbench.targets.rules.app_module.rule import Rule

__all__ = ["AppModule", "Rule", "alias_constants", "imports_of"]
