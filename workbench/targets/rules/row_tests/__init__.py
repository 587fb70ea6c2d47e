"""A question about rows as SQL that is true where it holds; each table in sight has a name of its own."""

from workbench.targets.rules.row_tests.comparisons import strict
from workbench.targets.rules.row_tests.conditions import SHAPES, row_test
from workbench.targets.rules.row_tests.paths import opened, paths_of
from workbench.targets.rules.row_tests.sight import Aliases, NoFilter, Sight

__all__ = ["SHAPES", "Aliases", "NoFilter", "Sight", "opened", "paths_of", "row_test", "strict"]
