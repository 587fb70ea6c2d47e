"""What every result inherits: it shows itself the same way in a notebook, in a terminal and in a file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from workbench.display.html import page_html
from workbench.display.page import Page
from workbench.display.text import page_text


class Displayed(ABC):
    """A result that can be shown. Subclasses say what is on the page; both forms are static and deterministic."""

    __slots__ = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Gives the class its own ``__repr__``: ``@dataclass`` overwrites one that is only inherited."""
        super().__init_subclass__(**kwargs)
        if "__repr__" not in vars(cls):
            cls.__repr__ = Displayed.__repr__  # type: ignore[method-assign]

    @abstractmethod
    def page(self) -> Page:
        """The display's content."""

    def to_text(self) -> str:
        """The display as plain text, at most 120 columns wide where nothing in it is wider."""
        return page_text(self.page())

    def to_html(self) -> str:
        """The display as self-contained HTML without script."""
        return page_html(self.page())

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        page = self.page()
        return {"text/plain": page_text(page), "text/html": page_html(page)}


@dataclass(frozen=True, repr=False)
class Shown(Displayed):
    """A page that is a result by itself."""

    content: Page

    def page(self) -> Page:
        """The page."""
        return self.content
