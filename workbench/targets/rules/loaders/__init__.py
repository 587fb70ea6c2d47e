"""Loaders of contexts: what the rules about a model read of its objects, in a constant number of queries."""

from workbench.targets.rules.loaders.functions import OWN
from workbench.targets.rules.loaders.loader import Loader, loaders
from workbench.targets.rules.loaders.module import PATH, reader, render_loaders

__all__ = ["OWN", "PATH", "Loader", "loaders", "reader", "render_loaders"]
