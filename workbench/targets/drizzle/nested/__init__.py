"""Querysets with prefetched relations as one TypeScript function whose rows hold the related rows."""

from __future__ import annotations

from workbench.targets.drizzle.nested.rendering import NestedRendering as NestedRendering
from workbench.targets.drizzle.nested.rendering import RelationalRendering as RelationalRendering
from workbench.targets.drizzle.nested.rendering import render_nested as render_nested
from workbench.targets.drizzle.nested.rendering import render_relational as render_relational
