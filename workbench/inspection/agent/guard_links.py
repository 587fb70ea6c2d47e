"""Links and forms of the project's templates that stand inside ``{% if perms… %}``: to which view, shown to whom."""

import re

from . import guard_source, places

_TAG = re.compile(r"\{%-?\s*(if|elif|else|endif|url)\b\s*(.*?)\s*-?%\}", re.DOTALL)
_NAME = re.compile(r"['\"]([\w:.-]+)['\"]")
_FORM = re.compile(r"<form\b[^>]*\baction\s*=\s*['\"]?$", re.IGNORECASE)
_POST = re.compile(r"\bmethod\s*=\s*['\"]?post\b", re.IGNORECASE)


def read_links():
    """``[{"url", "method", "origin", "shown"}]``; ``shown`` is ``[[text of an if, whether it holds there]]``."""
    found = []
    for file, text in guard_source.templates():
        if "perms." in text:
            found += _links(file, text)
    return found


def _links(file, text):
    stack = []  # of each open if: what holds in its present branch
    for tag in _TAG.finditer(text):
        word, rest = tag.groups()
        if word == "if":
            stack.append([[rest, True]])
        elif word == "endif":
            del stack[-1:]
        elif word in ("elif", "else") and stack:
            stack[-1] = [[said, False] for said, _ in stack[-1]] + ([[rest, True]] if word == "elif" else [])
        elif word == "url" and any("perms." in said for branch in stack for said, _ in branch):
            yield _link(file, text, tag, rest, [pair for branch in stack for pair in branch])


def _link(file, text, tag, rest, shown):
    name, line = _NAME.match(rest), text.count("\n", 0, tag.start()) + 1
    form = _FORM.search(text, max(0, tag.start() - 300), tag.start())
    posts = form is not None and _POST.search(text[form.start() : text.find(">", tag.end())])
    origin = {"name": places.shown(file), "file": places.shown(file), "line": line}
    return {
        "url": name.group(1) if name else "",
        "method": "POST" if posts else "GET",
        "origin": origin,
        "shown": shown,
    }
