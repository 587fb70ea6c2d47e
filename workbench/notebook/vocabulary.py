"""Django's own words that completion offers, as its documentation lists them."""

from __future__ import annotations

METHODS = (
    "aggregate", "all", "alias", "annotate", "count", "dates", "datetimes", "defer", "difference", "distinct",
    "earliest", "exclude", "exists", "filter", "first", "get", "intersection", "last", "latest", "only", "order_by",
    "prefetch_related", "reverse", "select_related", "union", "values", "values_list",
)  # fmt: skip

LOOKUPS = (
    "contains", "date", "day", "endswith", "exact", "gt", "gte", "icontains", "iendswith", "iexact", "in", "iregex",
    "isnull", "istartswith", "lt", "lte", "month", "range", "regex", "startswith", "time", "week_day", "year",
)  # fmt: skip

EXPRESSIONS = (
    "Avg", "Case", "Coalesce", "Concat", "Count", "Exists", "ExpressionWrapper", "F", "Length", "Lower", "Max", "Min",
    "Now", "OuterRef", "Q", "Subquery", "Sum", "Trunc", "Upper", "Value", "When",
)  # fmt: skip
