"""What one process recorded, in files that are complete at every moment: a killed process loses nothing.

Records are appended as they are, counts stand in slots. Both lie in memory that is mapped to a file: noting a statement
takes no call to the system. The workbench joins the parts of all processes when the command has ended, and does there
whatever need not be done while the command runs.
"""

import contextlib
import itertools
import json
import marshal
import mmap
import os
import struct
import threading

_COUNTS = struct.Struct("<QII")  # executions, most in one scope, scopes that ran it more than once
_SLOTS = 1 << 14  # of one file of counts
_FORMAT = 2  # of marshal: plain values, each written once where it stands; read and written by every Python since 2.5
_END = struct.Struct("<Q")  # at the head of a file of records: where those end that are complete
_LENGTH = struct.Struct("<Q")  # before each record
_LEAST = 1 << 18  # bytes that a file of records grows by: zeros of this size stay in the processor's own memory
_MOST_PIECES = 16  # ... and at least by one of so many parts: a system counts mappings
_mapped = []  # every mapping: one that is let go would close its descriptor, which the command may have given away
encode = json.JSONEncoder(check_circular=False).encode


def packed(value):
    """The bytes of a value of JSON's types. ValueError where a part is of another, of a subclass of ``str`` as well."""
    return marshal.dumps(value, _FORMAT)


class Parts:
    """The files of this process."""

    def __init__(self, folder):
        self.folder = folder
        self.forked()

    def forked(self):
        """Forgets the files: the next record opens new ones."""
        self.lock = threading.Lock()
        self.path, self.records, self.slots, self.counts, self.told = None, None, itertools.count(), None, set()

    def write(self, *record):
        """Appends a record: what it is, and what is said of it. ValueError, see ``packed``."""
        data = packed(record)
        with self.lock:
            if self.records is None:
                self.path = self._fresh()
                self.records = Records(self.path + ".records")
                self.records.append(packed(("process", process())))
            self.records.append(data)

    def site(self, statement, described, place, blocks):
        """A new call site, and its counts. ``described``: its statement's bytes, where it is new, or None."""
        slot = next(self.slots)
        self.write("site", slot, statement, described, place, blocks)
        if slot % _SLOTS == 0:
            self.counts = _memory("%s.%d.counts" % (self.path, slot // _SLOTS), _SLOTS * _COUNTS.size)
        return Site(self.counts, slot % _SLOTS * _COUNTS.size)

    def trouble(self, text):
        """Says once what could not be recorded."""
        if text not in self.told:
            self.told.add(text)
            with contextlib.suppress(OSError):  # the folder is gone, and with it the recording
                self.write("trouble", text)

    def _fresh(self):
        """A name that no other process has: numbers of processes come again."""
        number = 0
        while True:
            path = os.path.join(self.folder, "%d-%d" % (os.getpid(), number))
            try:
                os.close(os.open(path + ".records", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            except FileExistsError:
                number += 1
            else:
                return path


class Records:
    """A file that grows by whole records, each after its length."""

    def __init__(self, path):
        self.path, self.start, self.end = path, 0, _END.size
        self.head = self.memory = _memory(path, _LEAST)

    def append(self, data):
        """What is cut off by the end of the process lies behind the end that the file's head tells."""
        end = self.end + _LENGTH.size + len(data)
        if end > self.start + len(self.memory):
            self.start = self.end - self.end % mmap.ALLOCATIONGRANULARITY
            self.memory = _memory(self.path, max(_LEAST, self.end // _MOST_PIECES, end - self.start), self.start)
        place = self.end - self.start
        _LENGTH.pack_into(self.memory, place, len(data))
        self.memory[place + _LENGTH.size : end - self.start] = data
        _END.pack_into(self.head, 0, end)
        self.end = end


def _memory(path, size, start=0):
    """``size`` bytes of the file in memory, which end it.

    Its zeros are written: a full disk is an error here, not a signal later.
    """
    with open(path, "ab") as file:
        file.write(bytes(start + size - file.tell()))
    with open(path, "r+b") as file:
        _mapped.append(mmap.mmap(file.fileno(), size, offset=start))
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
    """What is said of this process; settings are read as they are, never loaded for it."""
    import platform

    import django
    from django.conf import settings

    known = settings.configured
    return {
        "django": django.get_version(),
        "python": platform.python_version(),
        "settings": os.environ.get("DJANGO_SETTINGS_MODULE", ""),
        "time_zone": str(settings.TIME_ZONE or "UTC") if known else "UTC",
        "use_tz": bool(settings.USE_TZ) if known else True,
    }
