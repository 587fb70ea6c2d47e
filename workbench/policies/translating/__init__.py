"""Every predicate of a rule, for the model that the rule is about: a condition, or the reason why there is none."""

from workbench.policies.translating.predicates import atoms
from workbench.policies.translating.translated import Translated
from workbench.policies.translating.translator import Translator

__all__ = ["Translated", "Translator", "atoms"]
