"""The dotted names of classes and functions."""


def dotted(thing):
    """``module.qualname`` of a class or function; of an instance, that of its class."""
    name = getattr(thing, "__qualname__", None)
    return thing.__module__ + "." + name if name else dotted(type(thing))
