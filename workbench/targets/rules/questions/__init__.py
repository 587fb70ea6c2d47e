"""A condition as a TypeScript expression over ``user`` and an object: what a predicate asks."""

from workbench.targets.rules.questions.conditions import SHAPES, question
from workbench.targets.rules.questions.subject import Subject, moment, value

__all__ = ["SHAPES", "Subject", "moment", "question", "value"]
