"""``filter()`` and ``exclude()`` as conditions of a row."""

from workbench.policies.filtering.arguments import filtered
from workbench.policies.filtering.lookups import fits, in_viewers_groups

__all__ = ["filtered", "fits", "in_viewers_groups"]
