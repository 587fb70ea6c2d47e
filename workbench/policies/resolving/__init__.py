"""Names, attributes and calls of a body become references."""

from workbench.policies.resolving.attributes import attribute_of
from workbench.policies.resolving.calls import arguments_of, inherited, inherits
from workbench.policies.resolving.expressions import resolve

__all__ = ["arguments_of", "attribute_of", "inherited", "inherits", "resolve"]
