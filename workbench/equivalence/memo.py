"""What is worked out once for a catalog lives as long as that catalog, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from workbench.catalog.table import Catalog

Result = TypeVar("Result")


def once_for_a_catalog(work: Callable[[Catalog], Result]) -> Callable[[Catalog], Result]:
    """Keep the result with the catalog itself, as ``cached_property`` does: no table of catalogs grows in a batch."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def remembered(catalog: Catalog) -> Result:
        held = vars(catalog)
        if name not in held:
            held[name] = work(catalog)
        result: Result = held[name]
        return result

    return remembered
