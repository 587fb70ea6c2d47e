"""What commands read and write; a file that cannot be read or written is the user's mistake."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


def write(result: object, target: str) -> None:
    """JSON to a file, or to stdout for ``-``."""
    write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", target)


def write_text(text: str, target: str) -> None:
    """The text to a file, or to stdout for ``-``."""
    if target == "-":
        sys.stdout.write(text)
    else:
        save(text, target)


def save(text: str, target: str) -> None:
    """A result's file."""
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.FileError(target, error.strerror) from None


def read_text(path: str) -> str:
    """A file's text."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise click.FileError(path, error.strerror) from None
    except UnicodeDecodeError as error:
        raise click.FileError(path, f"not UTF-8: {error.reason} at byte {error.start}") from None


def read_lines(path: str) -> list[str]:
    """The lines of a file of querysets, less blank ones and comments."""
    return [line for line in read_text(path).splitlines() if line.strip() and not line.lstrip().startswith("#")]
