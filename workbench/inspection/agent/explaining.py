"""``explain()``: the query whose plan is asked for, and what stands before it."""

import re

from . import context
from .rejection import FILE, Rejected

_OPTION = re.compile(r"[\w\-]+")


def explain(watch):
    """``QuerySet.explain()`` that runs its query as if for rows, and notes the words before it on ``watch``."""

    def explain(queryset, *, format=None, **options):
        from django.db import connections

        for name in options:
            if not _OPTION.fullmatch(name) or "--" in name:
                raise ValueError("Invalid option name: %r." % name)
        watch.explain = connections[queryset.db].ops.explain_query_prefix(format, **options)
        watch.method, watch.queryset = watch.method or "explain", queryset
        compiler = queryset.query.get_compiler(using=queryset.db)
        if queryset.query.is_empty():
            fact = "Django knows that no row matches, and raises EmptyResultSet"
            raise Rejected(context.diagnostic("queryset-explain", FILE, "explain()", fact, "", "unsupported"))
        return compiler.execute_sql()

    return explain


def note():
    """The diagnostic of such a query."""
    fact = "the verdict is on the query itself: what the plans say is the database's own matter"
    return context.diagnostic("queryset-explain", FILE, "explain()", fact, "", "note")
