"""Random queries over the random schemas."""

from __future__ import annotations

from random import Random

from tests.soundness.schemas import COLUMNS, SPELLINGS

Source = tuple[str, str]  # alias, table

_COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
_TEXTS = ("'1'", "'a'", "'A'", "''", "'ab'", "'b'")


class Writer:
    """Writes one query with choices taken from ``random``."""

    def __init__(self, random: Random, dialect: str = "postgres") -> None:
        self.random, self.dialect = random, dialect
        self.count = 0

    def query(self) -> str:
        """A whole query."""
        kinds = (
            self.rows,
            self.rows,
            self.rows,
            self.grouped,
            self.total,
            self.united,
            self.derived,
            self.grouped_by_key,
        )
        return self.random.choice(kinds)()

    def source(self) -> Source:
        self.count += 1
        return f"t{self.count}", self.random.choice(list(COLUMNS))

    def column(self, sources: list[Source], kind: str | None = None) -> str:
        listed = [
            f"{alias}.{name}" for alias, table in sources for name, k in COLUMNS[table].items() if kind in (None, k)
        ]
        return self.random.choice(listed)

    def tables(self) -> tuple[str, list[Source]]:
        """A FROM clause of one to three sources."""
        first = self.source()
        text, sources = f"{first[1]} {first[0]}", [first]
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            new = self.source()
            kind = self.random.choice(("JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "CROSS JOIN"))
            on = "" if kind == "CROSS JOIN" else f" ON {self.join_condition(sources, new)}"
            text += f" {kind} {new[1]} {new[0]}{on}"
            sources.append(new)
        return text, sources

    def join_condition(self, sources: list[Source], new: Source) -> str:
        for alias, table in sources:
            if {table, new[1]} == {"p", "c"} and self.random.random() < 0.7:
                parent, child = (alias, new[0]) if table == "p" else (new[0], alias)
                joined = f"{parent}.id = {child}.p_id"
                return joined if self.random.random() < 0.7 else f"{joined} AND {self.predicate([new], 0)}"
        return f"{self.column(sources, 'int')} = {self.column([new], 'int')}"

    def predicate(self, sources: list[Source], depth: int = 2) -> str:
        """A condition in three-valued logic."""
        simple = (self.compare, self.compare, self.texts, self.is_null, self.in_list, self.between, self.computed)
        simple += (self.spelled, self.spelled)
        simple += (self.converted,) if self.dialect == "sqlite" else ()
        nested = (self.both, self.either, self.negation, self.exists, self.in_query)
        return self.random.choice(simple + nested * 2 if depth else simple)(sources, depth)

    def number(self) -> str:
        return str(self.random.choice((0, 1, 2, 3, -1)))

    def compare(self, sources: list[Source], depth: int) -> str:
        other = self.number() if self.random.random() < 0.7 else self.column(sources, "int")
        return f"{self.column(sources, 'int')} {self.random.choice(_COMPARISONS)} {other}"

    def computed(self, sources: list[Source], depth: int) -> str:
        """A comparison of what a function or an operator makes of a column."""
        number, other = self.column(sources, "int"), self.column(sources, "int")
        forms = (f"ABS({number})", f"{number} + 1", f"{number} - {other}", f"{number} * 2", f"COALESCE({number}, 0)")
        more = (f"LENGTH({self.column(sources, 'text')})", f"ROUND({number} / 2.0)", f"{number} / 2", f"{number} * 1.5")
        branches = f"CASE WHEN {number} > 1 THEN {other} ELSE 0 END"
        form = self.random.choice((*forms, *more, branches, f"NULLIF({number}, 1)"))
        return f"{form} {self.random.choice(_COMPARISONS)} {self.number()}"

    def converted(self, sources: list[Source], depth: int) -> str:
        """SQLite: a number beside a text, where affinity decides what is compared."""
        number, text = self.column(sources, "int"), self.column(sources, "text")
        literal, digit = f"'{self.number()}'", self.number()
        operator = self.random.choice(_COMPARISONS)
        pairs = ((number, literal), (text, digit), (number, text), (f"COALESCE({number}, 0)", literal))
        left, right = self.random.choice((*pairs, (f"{number} + 0", literal), (f"COALESCE({text}, '')", digit)))
        return self.random.choice((f"{left} {operator} {right}", f"{left} IN ({right}, {literal})"))

    def spelled(self, sources: list[Source], depth: int) -> str:
        """A comparison with a literal that may be written as a text, and what it says depends on its neighbour."""
        if all(table != "g" for _, table in sources):
            self.count += 1
            new = (f"t{self.count}", "g")
            return f"EXISTS (SELECT 1 FROM g {new[0]} WHERE {self.spelled([new], 0)})"
        kind = self.random.choice(list(SPELLINGS))
        column = self.column(sources, kind)
        literal, other = (self.random.choice(SPELLINGS[kind]) for _ in range(2))
        operator = self.random.choice(("=", "=", "<>", *(() if kind == "truth" else ("<", ">="))))
        plain = f"{column} {operator} {literal}"
        forms = (f"{column} IN ({literal}, {other})", f"COALESCE({column}, {literal}) = {other}")
        return self.random.choice((plain, plain, *forms, f"NOT ({column} = {literal} AND {column} = {other})"))

    def texts(self, sources: list[Source], depth: int) -> str:
        if self.random.random() < 0.2:
            return f"{self.column(sources, 'text')} LIKE {self.random.choice(_TEXTS)[:-1]}%'"
        return f"{self.column(sources, 'text')} {self.random.choice(('=', '<>'))} {self.random.choice(_TEXTS)}"

    def is_null(self, sources: list[Source], depth: int) -> str:
        return f"{self.column(sources)} IS {self.random.choice(('', 'NOT '))}NULL"

    def in_list(self, sources: list[Source], depth: int) -> str:
        items = [self.number() for _ in range(self.random.randint(1, 3))] + self.random.choice(([], [], ["NULL"]))
        return f"{self.column(sources, 'int')} {self.random.choice(('', 'NOT '))}IN ({', '.join(items)})"

    def between(self, sources: list[Source], depth: int) -> str:
        return f"{self.column(sources, 'int')} BETWEEN {self.number()} AND {self.number()}"

    def both(self, sources: list[Source], depth: int) -> str:
        return f"({self.predicate(sources, depth - 1)} AND {self.predicate(sources, depth - 1)})"

    def either(self, sources: list[Source], depth: int) -> str:
        return f"({self.predicate(sources, depth - 1)} OR {self.predicate(sources, depth - 1)})"

    def negation(self, sources: list[Source], depth: int) -> str:
        return f"NOT ({self.predicate(sources, depth - 1)})"

    def exists(self, sources: list[Source], depth: int) -> str:
        new = self.source()
        link = f"{self.column([new], 'int')} = {self.column(sources, 'int')}"
        return f"{self.random.choice(('', 'NOT '))}EXISTS (SELECT 1 FROM {new[1]} {new[0]} WHERE {link})"

    def in_query(self, sources: list[Source], depth: int) -> str:
        new = self.source()
        where = f" WHERE {self.predicate([new], 0)}" if self.random.random() < 0.6 else ""
        inner = f"SELECT {self.column([new], 'int')} FROM {new[1]} {new[0]}{where}"
        return f"{self.column(sources, 'int')} {self.random.choice(('', 'NOT '))}IN ({inner})"

    def where(self, sources: list[Source]) -> str:
        return f" WHERE {self.predicate(sources)}" if self.random.random() < 0.8 else ""

    def rows(self) -> str:
        text, sources = self.tables()
        listed = [self.column(sources) for _ in range(self.random.randint(1, 3))]
        outputs = ", ".join(f"{column} AS o{index}" for index, column in enumerate(listed))
        if self.random.random() < 0.25:
            outputs += f", {self.scalar(sources)} AS x"
        distinct = self.random.choice(("", "", "DISTINCT "))
        return f"SELECT {distinct}{outputs} FROM {text}{self.where(sources)}{self.order(listed, sources)}"

    def scalar(self, sources: list[Source]) -> str:
        """A correlated subquery of at most one row, or of one aggregate."""
        self.count += 1
        new = (f"t{self.count}", self.random.choice(("p", "c")))
        where = f"{new[0]}.id = {self.column(sources, 'int')}"
        column = self.column([new], "int")
        if self.random.random() < 0.4:
            where = f"{self.column([new], 'int')} = {self.column(sources, 'int')}"
            column = self.random.choice((f"COUNT({column})", "COUNT(*)", f"MAX({column})"))
        value = self.random.choice((column, f"COALESCE({column}, 0)", f"{column} + 1"))
        return f"(SELECT {value} FROM {new[1]} {new[0]} WHERE {where})"

    def grouped_by_key(self) -> str:
        """Aggregates of a LEFT joined table by the key of the first."""
        first, new = (f"t{self.count + 1}", "p"), (f"t{self.count + 2}", self.random.choice(("c", "g")))
        self.count += 2
        on = self.join_condition([first], new)
        counted = self.aggregate([self.random.choice((first, new))])
        having = f" HAVING {self.aggregate([new])} > {self.number()}" if self.random.random() < 0.3 else ""
        key = self.random.choice((f"{first[0]}.id", f"{first[0]}.id, {first[0]}.n", f"{first[0]}.n"))
        kind = self.random.choice(("LEFT JOIN", "LEFT JOIN", "JOIN"))
        head = f"SELECT {key}, {counted} AS o9 FROM p {first[0]} {kind} {new[1]} {new[0]} ON {on}"
        return f"{head} GROUP BY {key}{having}"

    def order(self, listed: list[str], sources: list[Source]) -> str:
        if self.random.random() < 0.6:
            return ""
        keys = list(dict.fromkeys(self.random.choice(listed) for _ in range(self.random.randint(1, 2))))
        ordered = ", ".join(f"{key}{self.random.choice(('', ' DESC', ' NULLS FIRST'))}" for key in keys)
        return f" ORDER BY {ordered}{self.random.choice(('', '', ' LIMIT 2', ' LIMIT 3 OFFSET 1'))}"

    def aggregate(self, sources: list[Source]) -> str:
        column = self.column(sources, "int")
        forms = ("COUNT(*)", f"COUNT({column})", f"COUNT(DISTINCT {column})", f"SUM({column})", f"MIN({column})")
        more = (f"MAX({column})", f"COUNT(CASE WHEN {self.predicate(sources, 0)} THEN 1 END)")
        return self.random.choice(forms + more)

    def grouped(self) -> str:
        text, sources = self.tables()
        keys = list(dict.fromkeys(self.column(sources) for _ in range(self.random.randint(1, 2))))
        outputs = [*keys, *([self.aggregate(sources)] if self.random.random() < 0.85 else [])]
        having = f" HAVING {self.aggregate(sources)} > {self.number()}" if self.random.random() < 0.3 else ""
        listed = ", ".join(f"{output} AS o{index}" for index, output in enumerate(outputs))
        return f"SELECT {listed} FROM {text}{self.where(sources)} GROUP BY {', '.join(keys)}{having}"

    def total(self) -> str:
        text, sources = self.tables()
        return f"SELECT {self.aggregate(sources)} AS o0 FROM {text}{self.where(sources)}"

    def one(self) -> str:
        text, sources = self.tables()
        return f"SELECT {self.column(sources, 'int')} AS o0 FROM {text}{self.where(sources)}"

    def united(self) -> str:
        operator = self.random.choice(("UNION", "UNION ALL", "INTERSECT", "EXCEPT"))
        return f"{self.one()} {operator} {self.one()}"

    def derived(self) -> str:
        inner = self.random.choice((self.one, self.grouped))()
        condition = (
            f" WHERE d.o0 {self.random.choice(('IS NOT NULL', 'IS NULL'))}" if self.random.random() < 0.5 else ""
        )
        return f"SELECT d.o0 FROM ({inner}) d{condition}"


def query(random: Random, dialect: str = "postgres") -> str:
    """A random query; for SQLite also with comparisons of numbers to texts."""
    return Writer(random, dialect).query()
