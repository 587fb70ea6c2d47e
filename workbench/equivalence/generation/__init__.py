"""Generated rows that satisfy every constraint of a catalog, from a seed: the same seed gives the same rows."""

from workbench.equivalence.generation.database import DataPlan, generate_database
from workbench.equivalence.generation.hints import Hints

__all__ = ["DataPlan", "Hints", "generate_database"]
