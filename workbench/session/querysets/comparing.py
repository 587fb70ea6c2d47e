"""Two Django expressions looked at together: do they ask the same?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.comparison import Comparison, clause_pairs
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.display import Code
from workbench.equivalence.decide import decide
from workbench.equivalence.parse import parse_query
from workbench.queries.query import Query

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying


def compare_querysets(querying: Querying, left: str, right: str) -> Comparison:
    """Both expressions as Django compiles them; ``WorkbenchError`` where one does not compile to a SELECT."""
    queries = (_compiled(querying, left), _compiled(querying, right))
    catalog = querying.shop.catalog
    sides = (
        parse_query(queries[0].sql, catalog, querying.dialect, "format", queries[0].parameters, "left"),
        parse_query(queries[1].sql, catalog, querying.dialect, "format", queries[1].parameters, "right"),
    )
    verdict = decide(*sides, catalog, scratch=querying.scratch)
    sources = (Code(left, "python", "left"), Code(right, "python", "right"))
    return Comparison(queries[0].sql, queries[1].sql, clause_pairs(*sides), verdict, sources)


def _compiled(querying: Querying, text: str) -> Query:
    query = querying.compiled(text)
    if query.sql:
        return query
    fact = "Django asks the database nothing for it"
    unasked = Diagnostic("no-queryset", Origin("queryset"), text, fact, "", Fidelity.ERROR)
    raise WorkbenchError(*(query.diagnostics or (unasked,)))
