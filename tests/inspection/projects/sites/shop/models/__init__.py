from .books import Book, Shelf
from .cards import Counted, Filed, Single

__all__ = ["Book", "Counted", "Filed", "Shelf", "Single"]
