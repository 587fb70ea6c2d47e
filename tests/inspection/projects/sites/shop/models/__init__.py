from .books import Book, Shelf

__all__ = ["Book", "Shelf"]
