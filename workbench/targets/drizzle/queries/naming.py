"""Names of functions and of their parameters, from models, relation paths and what the call site calls its values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.queries.query import Intent, Query
from workbench.targets.drizzle.names import camel
from workbench.targets.drizzle.queries.subjects import Subject
from workbench.targets.drizzle.words import words

_KEYS = ("id", "pk")
# what values of a request or of an object are reached through
_HOLDERS = words(
    """
    GET POST FILES META args cleaned_data cls context data form get initial_data instance kwargs obj object params
    query_params request self serializer session validated_data value view
    """
)
_MOST_SUBJECTS = 3
_MOST_WORDS = 5  # a longer text is an expression, which is not called by its words


def plural(name: str) -> str:
    """``book`` -> ``books``, ``category`` -> ``categories``, ``address`` -> ``addresses``."""
    if re.search(r"[^aeiou]y$", name):
        return name[:-1] + "ies"
    return name + ("es" if re.search(r"(s|x|z|ch|sh)$", name) else "s")


def parameter_name(text: str, subject: Subject | None) -> str:
    """``request.GET['q']`` -> ``q``, ``author.id`` -> ``authorId``, ``self.kwargs['pk']`` -> the column's own name."""
    found = re.findall(r"[^\W\d]\w*", text)
    own = [word for word in found if word not in _HOLDERS]
    *before, last = own or [""]
    column = subject.known.column if subject else last
    if last in _KEYS and before:
        return camel(f"{before[-1]}_id")
    if last in ("", *_KEYS) or len(found) > _MOST_WORDS:
        return camel(column or "value")
    return camel(column if subject and subject.is_key and f"{last}_id" == column else last)


def function_name(query: Query, subjects: Sequence[Subject]) -> str:
    """``booksByAuthorAndTitle``: what it does, the model, and the columns that it is asked by."""
    one = query.model.rpartition(".")[2]
    one = one[:1].lower() + one[1:]
    by = list(dict.fromkeys(subject.name for subject in subjects if not subject.assigned))
    condition = "And".join(name[:1].upper() + name[1:] for name in by[:_MOST_SUBJECTS])
    suffix = f"By{condition}" if condition else ""
    return _FORMS[query.intent].format(one=one, One=_upper(one), many=plural(one), Many=_upper(plural(one))) + suffix


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


_FORMS = {
    Intent.ROWS: "{many}",
    Intent.IN_BULK: "{many}",
    Intent.GET: "{one}",
    Intent.FIRST: "first{One}",
    Intent.LAST: "last{One}",
    Intent.COUNT: "count{Many}",
    Intent.EXISTS: "{one}Exists",
    Intent.AGGREGATE: "aggregate{Many}",
    Intent.INSERT: "create{One}",
    Intent.UPDATE: "update{Many}",
    Intent.DELETE: "delete{Many}",
}
