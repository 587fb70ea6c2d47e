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
    "sign_in": ("sign_in", "sign_in"),
    "sign_in_create": ("sign_in_users", "create"),
    "sign_in_try": ("sign_in_trying", "attempt"),
    "sign_in_verify": ("sign_in_trying", "verify"),
    "request_views": ("requesting", "request_views"),
    "furnish": ("deciding", "furnish"),
    "decide": ("deciding", "decide"),
    "compile": ("compiling", "compile"),
    "execute": ("executing", "execute"),
    "execute_nested": ("nesting", "execute_nested"),
    "perform": ("performing", "perform"),
    "recompile": ("recompiling", "recompile"),
}


def operation(name):
    """The function behind ``name``; KeyError where there is none."""
    module, function = OPERATIONS[name]
    return getattr(import_module("." + module, __package__), function)
