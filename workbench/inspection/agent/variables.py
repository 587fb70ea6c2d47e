"""Environment variables that the project's settings demand and nobody has set."""

import linecache
import os
import re
import traceback

# Messages of django-environ, python-decouple, environs and hand-written checks; group 1 is the variable.
_MESSAGES = (
    r"^Set the (\w+) environment variable",
    r"^(\w+) not found\. Declare it as envvar",
    r"^Environment variable \"(\w+)\" not set",
    r"(?i:environment variable)\W+([A-Z][A-Z0-9_]+)\b",
    r"\b([A-Z][A-Z0-9_]{2,})\b (?i:environment variable)",
)

# Reads without a default: os.environ["A"], env("A") of django-environ and environs, config("A") of python-decouple.
_READS = re.compile(r"""environ\[\s*["'](\w+)["']\s*\]|\b(?:env|config)(?:\.\w+)?\(\s*["'](\w+)["']\s*\)""")


def missing(error, file, line):
    """The variable's name, or None: the key that ``os.environ`` lacks, in a library's message, or on the line."""
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, KeyError) and frames and frames[-1].filename in (os.__file__, "<frozen os>"):
        return str(error.args[0])
    for pattern in _MESSAGES:
        found = re.search(pattern, str(error))
        if found:
            return found.group(1)
    read = re.search(r"(?:environ\.get|getenv)\(\s*['\"](\w+)", linecache.getline(file, line)) if file else None
    return read.group(1) if read and read.group(1) not in os.environ else None


def demanded(file):
    """Unset variables that the file reads in any case (at its outermost level) and without a default."""
    lines = (line for line in linecache.getlines(file or "") if not line[:1].isspace())
    found = (first or second for line in lines for first, second in _READS.findall(line))
    return [name for name in dict.fromkeys(found) if name not in os.environ]
