"""What one process recorded, in files that are complete at every moment: a killed process loses nothing.

Descriptions are appended as lines (what it is, its identity, a JSON object); counts lie in memory that is mapped to a
file. The workbench joins the parts of all processes when the command has ended.
"""

import contextlib
import itertools
import json
import mmap
import os
import struct

_COUNTS = struct.Struct("<QII")  # executions, most in one scope, scopes that ran it more than once
_SLOTS = 1 << 14  # of one file of counts
_encode = json.JSONEncoder(check_circular=False).encode


def line(record):
    """A record as a part holds it: what it is, its identity, and the rest as a JSON object."""
    return "%s %s %s\n" % (record.pop("record"), record.pop("id", "-"), _encode(record))


class Parts:
    """The files of this process."""

    def __init__(self, folder):
        self.folder = folder
        self.forked()

    def forked(self):
        """Forgets the files: the next line opens new ones."""
        self.path, self.file, self.slots, self.counts, self.told = None, None, itertools.count(), None, set()

    def write(self, *lines):
        """Appends lines."""
        if self.path is None:
            self.path = self._fresh()
            lines = (line(process()), *lines)
        os.write(self._descriptor(), "".join(lines).encode("ascii"))

    def _descriptor(self):
        """The open file's. A process that closes all descriptors, as daemons do, may have given ours away."""
        if self.file is not None:
            with contextlib.suppress(OSError):
                found = os.fstat(self.file[0])
                if (found.st_dev, found.st_ino) == self.file[1:]:
                    return self.file[0]
        descriptor = os.open(self.path + ".jsonl", os.O_APPEND | os.O_WRONLY)
        found = os.fstat(descriptor)
        self.file = (descriptor, found.st_dev, found.st_ino)
        return descriptor

    def site(self, lines, facts):
        """A new call site: ``lines`` before its own, its own, and its counts."""
        slot = next(self.slots)
        self.write(*lines, "site %d %s\n" % (slot, _encode(facts)))
        if slot % _SLOTS == 0:
            self.counts = self._mapped(slot // _SLOTS)
        return Site(self.counts, slot % _SLOTS * _COUNTS.size)

    def trouble(self, text):
        """Says once what could not be recorded."""
        if text not in self.told:
            self.told.add(text)
            with contextlib.suppress(OSError):  # the folder is gone, and with it the recording
                self.write(line({"record": "trouble", "fact": text}))

    def _fresh(self):
        """A name that no other process has: numbers of processes come again."""
        number = 0
        while True:
            path = os.path.join(self.folder, "%d-%d" % (os.getpid(), number))
            try:
                os.close(os.open(path + ".jsonl", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            except FileExistsError:
                number += 1
            else:
                return path

    def _mapped(self, number):
        with open("%s.%d.counts" % (self.path, number), "w+b") as file:
            file.truncate(_SLOTS * _COUNTS.size)
            return mmap.mmap(file.fileno(), _SLOTS * _COUNTS.size)


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
        self.here = self.here + 1 if scope == self.scope else 1
        self.scope = scope
        self.most = max(self.most, self.here)
        self.repeated += self.here == 2
        _COUNTS.pack_into(self.counts, self.offset, self.total, self.most, self.repeated)


def process():
    """The line about this process; settings are read as they are, never loaded for it."""
    import platform

    import django
    from django.conf import settings

    known = settings.configured
    return {
        "record": "process",
        "django": django.get_version(),
        "python": platform.python_version(),
        "settings": os.environ.get("DJANGO_SETTINGS_MODULE", ""),
        "time_zone": (settings.TIME_ZONE or "UTC") if known else "UTC",
        "use_tz": bool(settings.USE_TZ) if known else True,
    }
