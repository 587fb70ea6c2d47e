"""The modules of helpers that generated queries import: what both dialects share, and each one's own."""

from __future__ import annotations

import re
from pathlib import Path

from workbench.catalog.table import Dialect
from workbench.targets.drizzle.queries.terms import HELPERS_MODULE

_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)


def helpers(dialect: Dialect) -> dict[str, str]:
    """The dialect's module by its path in the generated project."""
    return {f"{HELPERS_MODULE.removeprefix('./')}.ts": _text(dialect)}


def _text(dialect: Dialect) -> str:
    head, *shared = _part("shared").split("\n", 1)
    text = "\n".join((*shared, _part(dialect)))
    imports = "".join(_IMPORT.findall(text))
    return f"{head}\n{imports}{_IMPORT.sub('', text)}"


def _part(name: str) -> str:
    return Path(__file__).with_name(f"helpers_{name}.ts").read_text(encoding="utf-8")


def _names(text: str) -> frozenset[str]:
    """The names that a module of helpers exports."""
    return frozenset(re.findall(r"^export const (\w+)", text, re.MULTILINE))


DIALECTS: tuple[Dialect, ...] = ("postgres", "sqlite")
HELPERS = helpers("postgres")
EXPORTED = {dialect: _names(_text(dialect)) for dialect in DIALECTS}
