"""What one process recorded, in files that are complete at every moment: a killed process loses nothing.

Descriptions are appended as lines (what it is, its identity, a JSON object), counts stand in slots. Both lie in memory
that is mapped to a file: noting a statement takes no call to the system. The workbench joins the parts of all processes
when the command has ended.
"""

import contextlib
import itertools
import json
import mmap
import os
import struct
import threading
from functools import lru_cache

_COUNTS = struct.Struct("<QII")  # executions, most in one scope, scopes that ran it more than once
_SLOTS = 1 << 14  # of one file of counts
_END = struct.Struct("<Q")  # at the head of a file of lines: where those end that are complete
_LEAST = 1 << 18  # bytes of a file of lines
_POPULATE = getattr(mmap, "MAP_POPULATE", 0)  # Linux: all pages at once, not one by one at their first use
_mapped = []  # every mapping: one that is let go would close its descriptor, which the command may have given away
encode = json.JSONEncoder(check_circular=False).encode


_quoted = lru_cache(maxsize=None)(encode)


def line(kind, identity, text, **added):
    """A record as a part holds it; ``text``: its facts as a JSON object, at the end of which ``added`` are put."""
    return "%s %s %s, %s\n" % (kind, identity, text[:-1], encode(added)[1:])


class Parts:
    """The files of this process."""

    def __init__(self, folder):
        self.folder = folder
        self.forked()

    def forked(self):
        """Forgets the files: the next line opens new ones."""
        self.lock = threading.Lock()
        self.path, self.lines, self.slots, self.counts, self.told = None, None, itertools.count(), None, set()

    def write(self, *lines):
        """Appends lines."""
        with self.lock:
            if self.lines is None:
                self.path = self._fresh()
                self.lines = Lines(self.path + ".lines")
                lines = ("process - %s\n" % encode(process()), *lines)
            self.lines.append("".join(lines).encode("ascii"))

    def site(self, lines, statement, place, blocks):
        """A new call site: ``lines`` before its own, its own, and its counts. ``blocks``: numbers, or None."""
        slot = next(self.slots)
        facts = ", ".join(map(_quoted, place))
        self.write(*lines, 'site %d ["%s", %s, %s]\n' % (slot, statement, facts, "null" if blocks is None else blocks))
        if slot % _SLOTS == 0:
            self.counts = _memory("%s.%d.counts" % (self.path, slot // _SLOTS), _SLOTS * _COUNTS.size)
        return Site(self.counts, slot % _SLOTS * _COUNTS.size)

    def trouble(self, text):
        """Says once what could not be recorded."""
        if text not in self.told:
            self.told.add(text)
            with contextlib.suppress(OSError):  # the folder is gone, and with it the recording
                self.write("trouble - %s\n" % encode({"fact": text}))

    def _fresh(self):
        """A name that no other process has: numbers of processes come again."""
        number = 0
        while True:
            path = os.path.join(self.folder, "%d-%d" % (os.getpid(), number))
            try:
                os.close(os.open(path + ".lines", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            except FileExistsError:
                number += 1
            else:
                return path


class Lines:
    """A file that grows by whole lines."""

    def __init__(self, path):
        self.path, self.start, self.end = path, 0, _END.size
        self.head = self.memory = _memory(path, _LEAST)

    def append(self, data):
        """What is cut off by the end of the process lies behind the end that the file's head tells."""
        end = self.end + len(data)
        if end > self.start + len(self.memory):
            self.start = self.end - self.end % mmap.ALLOCATIONGRANULARITY
            self.memory = _memory(self.path, max(self.end, end - self.start), self.start)
        self.memory[self.end - self.start : end - self.start] = data
        _END.pack_into(self.head, 0, end)
        self.end = end


def _memory(path, size, start=0):
    """``size`` bytes of the file in memory, which end it.

    Its zeros are written: a full disk is an error here, not a signal later.
    """
    with open(path, "ab") as file:
        file.write(bytes(start + size - file.tell()))
    with open(path, "r+b") as file:
        _mapped.append(mmap.mmap(file.fileno(), size, flags=mmap.MAP_SHARED | _POPULATE, offset=start))
    return _mapped[-1]


class Site:
    """The counts of one statement at one call site."""

    __slots__ = ("counts", "here", "most", "offset", "repeated", "scope", "total")

    def __init__(self, counts, offset):
        self.counts, self.offset = counts, offset
        self.total = self.most = self.repeated = self.here = 0
        self.scope = None

    def count(self, scope):
        """One more execution, inside ``scope``."""
        self.total += 1
        if scope == self.scope:
            self.here += 1
            self.repeated += self.here == 2
        else:
            self.scope, self.here = scope, 1
        if self.here > self.most:
            self.most = self.here
        _COUNTS.pack_into(self.counts, self.offset, self.total, self.most, self.repeated)


def process():
    """The line about this process; settings are read as they are, never loaded for it."""
    import platform

    import django
    from django.conf import settings

    known = settings.configured
    return {
        "django": django.get_version(),
        "python": platform.python_version(),
        "settings": os.environ.get("DJANGO_SETTINGS_MODULE", ""),
        "time_zone": (settings.TIME_ZONE or "UTC") if known else "UTC",
        "use_tz": bool(settings.USE_TZ) if known else True,
    }
