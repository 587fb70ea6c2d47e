"""The stage of a rehearsal: the statements that were met, and the rows of stand-ins that they were answered with."""

from . import sample_values, standing, standing_writes
from .describing import kind_of
from .intercepting import Captured
from .rejection import Rejected

_FIRST = 60  # numbers of stand-ins: those of the expression's own variables are smaller
MOST_STATEMENTS = 60  # a fuse; and nobody would read more


class Act:
    """One statement: its query, what the caller does with it, and the values that it was answered with."""

    def __init__(self, captured, kind, phase):
        self.captured, self.kind, self.phase = captured, kind, phase
        self.relation = None  # the field whose ``on_delete`` asks for these rows
        self.again = False  # and asks again for the rows that hang on them, until there are none
        self.columns = []  # of an INSERT: the columns it gives back
        self.fields = []  # of the columns that it gives back
        self.answers = []  # rows of values

    def adapted(self, index, value):
        """The value as a parameter of a later statement holds it."""
        field, connection = self.fields[index], self.captured.compiler.connection
        if isinstance(value, Unknown) or field is None:
            return value
        return field.get_db_prep_value(value, connection)

    def relation_name(self):
        """Label and name of the relation's field; "" without one."""
        return "%s.%s" % (self.relation.model._meta.label, self.relation.name) if self.relation is not None else ""


class Stage:
    """A rehearsal: ``rows`` says how many rows (or changed rows) a statement finds; ``other``: with other values."""

    def __init__(self, rows, other=False, instead=None):
        self.rows, self.other = rows, other
        self.instead = instead  # (number of a statement, how many rows it finds in this rehearsal, a value in them)
        self.acts, self.receivers, self.phase = [], {}, "before"
        self.stack, self.calls, self.queryset = [], [], None
        self.met, self.failure, self.loaded = {}, "", False
        self.missed = False  # whether it ended because a row was not there
        self._next = _FIRST

    def begin(self, apart):
        """The method itself is called now; its answers are ``apart`` from those of its other way."""
        self.phase = "during"
        self._next += apart

    def meet(self, compiler, sql, params, kind):
        """Notes a statement and returns it, answered."""
        captured = Captured(compiler, sql, params, False, list(self.stack))
        captured.intent, captured.queryset = self.calls[-1] if self.calls else "rows", self.queryset
        act = Act(captured, kind, self.phase)
        act.relation = getattr(compiler.query, "_workbench_relation", None)
        self.acts.append(act)
        if len(self.acts) > MOST_STATEMENTS:
            raise _endless()
        return act

    def answer(self, act, expressions):
        """Rows for a SELECT list, as many as ``rows`` says; a column that must be an earlier answer is that one."""
        known = {repr(value) for other in self.acts for row in other.answers for value in row}
        query = act.captured.compiler.query
        columns = [_column(query, expression) for expression in expressions]
        demanded = {**_demanded(query, known), **_of_relation(act.captured.queryset, query)}
        act.fields = [getattr(expression, "target", None) for expression in expressions]
        act.answers = self._rows(self.rows(act, self.acts), columns, expressions, demanded)
        if self.instead is not None and len(self.acts) == self.instead[0] + 1:
            self._answer_instead(act, columns, expressions, demanded)
        return [tuple(row) for row in act.answers]

    def _answer_instead(self, act, columns, expressions, demanded):
        """Other rows in place of the answer; what comes after is numbered as if they were not."""
        _, count, value = self.instead
        following = self._next
        rows = self._rows(count, columns, expressions, demanded)
        act.answers = rows if value is None else [[value] * len(row) for row in rows]
        self._next = following

    def _rows(self, count, columns, expressions, demanded):
        rows = []
        for number in range(count):
            row = {column: held[number % len(held)] for column, held in demanded.items()}
            for column, expression in zip(columns, expressions):
                if column not in row:
                    row[column] = self.value(expression)
            rows.append([row[column] for column in columns])
        return rows

    def value(self, expression):
        """A value that stands for what a row holds; another for each."""
        self._next += 1
        variable = standing.Variable("row %d" % self._next, self._next, self.other)
        try:
            return sample_values.sample(getattr(expression, "target", None) or expression.output_field, variable)
        except (Rejected, AttributeError):  # of a type that nobody knows: refused where a later statement holds it
            return Unknown(kind_of(expression))


def _endless():
    return standing_writes.refusal("statements", "it sends more than %d, or never ends" % MOST_STATEMENTS)


def _column(query, expression):
    """Of columns that a join makes equal, the first one's (alias, column); of anything else the expression itself."""
    target, alias = getattr(expression, "target", None), getattr(expression, "alias", None)
    if target is None or alias is None:
        return expression
    name = target.column
    while getattr(query.alias_map.get(alias), "parent_alias", None):
        join = query.alias_map[alias]
        left = next((left for left, right in join.join_cols if right == name), None)
        if left is None:
            break
        alias, name = join.parent_alias, left
    return alias, name


def _of_relation(queryset, query):
    """The key that rows of a related manager have: that of the instance it belongs to."""
    if getattr(queryset, "query", None) is not query:
        return {}
    held, found = getattr(queryset, "_known_related_objects", {}), {}
    for field, instances in held.items():
        if len(instances) == 1 and getattr(field, "column", None):
            ((key, _),) = instances.items()
            found[query.base_table, field.column] = [key]
    return found


def _demanded(query, known):
    """The earlier answers, one of which a column of every row must be: ``column = x``, ``column IN (x, y)``."""
    where, found = query.where, {}
    for child in where.children if where.connector == "AND" and not where.negated else ():
        if getattr(child, "lookup_name", None) in ("exact", "in") and getattr(child.lhs, "target", None) is not None:
            held = list(child.rhs) if isinstance(child.rhs, (list, tuple, set)) else [child.rhs]
            if held and all(repr(value) in known for value in held):
                found[_column(query, child.lhs)] = held
    return found


class Unknown:
    """In place of a value whose type is not known."""

    def __init__(self, kind):
        self.kind = kind

    def __eq__(self, other):
        return self is other

    __hash__ = object.__hash__
