"""The operations the agent answers: a name, and the module and function behind it, imported at the first call."""

from importlib import import_module

# Each function takes the request's payload (a dict) and returns what JSON can hold.
OPERATIONS = {
    "setup": ("loading", "setup"),
    "inspect": ("inspecting", "inspect"),
    "ddl": ("ddl", "ddl"),
    "call_sites": ("call_sites", "call_sites"),
    "urls": ("loading", "import_urls"),
    "guards": ("guards", "guards"),
    "request_views": ("requesting", "request_views"),
    "compile": ("compiling", "compile"),
    "execute": ("executing", "execute"),
    "recompile": ("recompiling", "recompile"),
}


def operation(name):
    """The function behind ``name``; KeyError where there is none."""
    module, function = OPERATIONS[name]
    return getattr(import_module("." + module, __package__), function)
