"""Progress of what takes more than two seconds; silent where nobody looks at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TypeVar

from tqdm.auto import tqdm

T = TypeVar("T")


def watched(things: Sequence[T], what: str) -> Iterable[T]:
    """The things, one by one, with a bar after two seconds."""
    bar: Iterable[T] = tqdm(things, desc=what, delay=2, disable=not sys.stderr.isatty(), leave=False)
    return bar
