"""Reads a catalog out of CREATE TABLE, CREATE INDEX and ALTER TABLE statements."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import Token, TokenType, exp
from sqlglot.dialects.dialect import Dialect as SqlglotDialect
from sqlglot.errors import SqlglotError

from workbench.catalog.ddl_coherence import settle
from workbench.catalog.ddl_constraints import TableDraft, read_constraint, read_index
from workbench.catalog.ddl_names import fold, refuse
from workbench.catalog.ddl_types import SERIALS, canonical_type
from workbench.catalog.depth import shallow
from workbench.catalog.table import Catalog, Column, Dialect

# Statements of a dump that say nothing about rows: read over.
_WITHOUT_EFFECT = (
    "COMMENT",
    "SET",
    "CREATE EXTENSION",
    "CREATE SCHEMA",
    "CREATE SEQUENCE",
    "BEGIN",
    "COMMIT",
    "PRAGMA",
)
_CONSTRAINT_STARTS = {"CONSTRAINT", "NOT", "NULL", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "EXCLUDE"}
_TYPE_ENDS = _CONSTRAINT_STARTS | {"DEFAULT", "COLLATE", "GENERATED", "AS", "AUTOINCREMENT"}


def read_ddl(text: str, dialect: Dialect) -> Catalog:
    """The tables that these statements make; ``WorkbenchError`` for what does not parse or contradicts itself."""
    drafts: dict[str, TableDraft] = {}
    for tokens in _statements(text, dialect):
        source = text[tokens[0].start : tokens[-1].end + 1]
        if not " ".join(t.text.upper() for t in tokens[:2]).startswith(_WITHOUT_EFFECT):
            _apply(source, tokens, dialect, drafts)
    return Catalog(dialect, settle(drafts, dialect))


def _statements(text: str, dialect: Dialect) -> list[list[Token]]:
    try:
        tokens = SqlglotDialect.get_or_raise(dialect).tokenize(text)
    except SqlglotError as error:
        raise refuse("schema", f"does not parse: {_first_line(error)}") from error
    statements: list[list[Token]] = [[]]
    for token in tokens:
        if token.token_type == TokenType.SEMICOLON:
            statements.append([])
        else:
            statements[-1].append(token)
    return [statement for statement in statements if statement]


def _apply(source: str, tokens: list[Token], dialect: Dialect, drafts: dict[str, TableDraft]) -> None:
    body, rowid = _without_rowid(source, tokens, dialect)
    tree = _parse(body, dialect)
    if isinstance(tree, exp.Create) and tree.kind == "TABLE" and isinstance(tree.this, exp.Schema):
        draft = _table(tree, body, dialect, rowid)
        if draft.name.casefold() in {name.casefold() for name in drafts}:
            raise refuse(draft.name, "the schema creates this table twice")
        drafts[draft.name] = draft
    elif isinstance(tree, exp.Create) and isinstance(tree.this, exp.Index):
        read_index(tree, _known(drafts, tree.this.args["table"], dialect), dialect)
    elif isinstance(tree, exp.Alter):
        _alter(tree, body, _known(drafts, tree.this, dialect), dialect)
    else:
        raise refuse(_title(source), "is not a statement that makes a table, an index or a constraint")


def _without_rowid(source: str, tokens: list[Token], dialect: Dialect) -> tuple[str, bool]:
    """SQLite's table options are cut off before parsing: sqlglot does not read them."""
    words = [token.text.upper() for token in tokens]
    strict = len(words) > 2 and ")" in words and {"STRICT", "WITHOUT", "ROWID"} & set(words[_last(words, ")") :])
    if dialect != "sqlite" or not strict:
        return source, True
    end = tokens[_last(words, ")")].end - tokens[0].start + 1
    return source[:end], "ROWID" not in words[_last(words, ")") :]


def _last(words: list[str], word: str) -> int:
    return len(words) - 1 - words[::-1].index(word)


def _parse(source: str, dialect: Dialect) -> exp.Expr:
    try:
        tree = SqlglotDialect.get_or_raise(dialect).parse(shallow(source))[0]
    except (SqlglotError, RecursionError) as error:
        raise refuse(_title(source), f"does not parse: {_first_line(error)}") from error
    if tree is None or isinstance(tree, exp.Command):
        raise refuse(_title(source), "is not a statement that makes a table, an index or a constraint")
    return tree


def _table(tree: exp.Create, source: str, dialect: Dialect, rowid: bool) -> TableDraft:
    draft = TableDraft(fold(tree.this.this.this, dialect), rowid=rowid)
    for element in tree.this.expressions:
        if isinstance(element, exp.ColumnDef):
            _column(element, source, draft, dialect)
        elif isinstance(element, exp.Identifier):  # SQLite: a column without a type
            draft.add(Column(fold(element, dialect), ""))
        else:
            read_constraint(element, draft, dialect)
    return draft


def _column(definition: exp.ColumnDef, source: str, draft: TableDraft, dialect: Dialect) -> None:
    written = _type_text(definition, source, dialect)
    kind = canonical_type(written) if dialect == "postgres" else written
    serial = dialect == "postgres" and written.lower() in SERIALS
    name = fold(definition.this, dialect)
    draft.add(Column(name, kind, nullable=not serial, default=f"nextval({draft.name}_{name}_seq)" if serial else None))
    for constraint in definition.args.get("constraints") or ():
        read_constraint(constraint, draft, dialect, column=name)


def _type_text(definition: exp.ColumnDef, source: str, dialect: Dialect) -> str:
    """The type as written: sqlglot's own spelling changes SQLite's affinity."""
    start = int(definition.this.meta["end"]) + 1
    tokens = SqlglotDialect.get_or_raise(dialect).tokenize(source[start:])
    depth, end = 0, start
    for token in tokens:
        if depth == 0 and ((token.text.upper().partition(" ")[0] in _TYPE_ENDS) or token.text in (",", ")")):
            break
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        end = start + token.end + 1
    return source[start:end].strip()


def _known(drafts: dict[str, TableDraft], table: exp.Table, dialect: Dialect) -> TableDraft:
    name = fold(table.this, dialect)
    for known, draft in drafts.items():
        if known == name or (dialect == "sqlite" and known.casefold() == name.casefold()):
            return draft
    raise refuse(name, "the schema changes this table before it creates it")


def _alter(tree: exp.Alter, source: str, draft: TableDraft, dialect: Dialect) -> None:
    for action in tree.args.get("actions") or ():
        if isinstance(action, exp.AddConstraint):
            for constraint in action.expressions:
                read_constraint(constraint, draft, dialect)
        elif isinstance(action, exp.ColumnDef):
            _column(action, source, draft, dialect)
        elif isinstance(action, exp.AlterColumn) and action.args.get("allow_null") is not None:
            column = draft.columns[draft.find(fold(action.this, dialect))]
            draft.columns[column.name] = replace(column, nullable=bool(action.args["allow_null"]))
        else:
            raise refuse(_title(source), "is a change of a table that is not read")


def _title(source: str) -> str:
    line = " ".join(source.split())
    return line if len(line) <= 60 else line[:57] + "…"


def _first_line(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return str(error).splitlines()[0].split(". Line", maxsplit=1)[0]
