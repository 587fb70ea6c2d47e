"""Do two writes leave the same rows behind? An INSERT, UPDATE or DELETE is judged by the query of what it changes."""

from workbench.equivalence.effects.deciding import decide_write
from workbench.equivalence.effects.reading import Conflict, Write, read_write

__all__ = ["Conflict", "Write", "decide_write", "read_write"]
