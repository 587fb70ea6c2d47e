"""The SQL beside drizzle-kit's: what stays away, and what is handed on untouched."""

from __future__ import annotations

from workbench.catalog.django_ddl import read_ddl
from workbench.targets.drizzle.push import FROM_DJANGO, KIT_ITSELF, PushStatement, explain_push
from workbench.targets.drizzle.supplement import after_statements, before_statements, render_supplement

TABLE = 'CREATE TABLE "t" ("a" integer NOT NULL PRIMARY KEY)'


def test_a_table_that_drizzle_kit_can_write_needs_no_file() -> None:
    assert render_supplement(read_ddl([TABLE], "postgres")).artifacts == ()


def test_functions_and_triggers_follow_the_tables_as_django_wrote_them() -> None:
    function = "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN; RETURN NULL; END; $$"
    comment = "COMMENT ON TABLE \"t\" IS 'x'"
    rendering = render_supplement(read_ddl([TABLE, function, comment], "postgres"), ['CREATE EXTENSION "citext"'])
    assert before_statements(rendering) == ('CREATE EXTENSION "citext"',)
    assert after_statements(rendering) == (comment, function)


def test_names_and_texts_are_quoted() -> None:
    statements = ['CREATE TABLE "a ""b""" ("x" text NOT NULL)', 'COMMENT ON TABLE "a ""b""" IS \'it\'\'s; --\'']
    rendering = render_supplement(read_ddl(statements, "postgres"))
    assert after_statements(rendering) == (statements[1],)


def test_a_push_statement_that_drizzle_kit_repeats_on_its_own_database_says_nothing_about_django() -> None:
    assert explain_push(["A", "B"], ["A"]) == (PushStatement("A", KIT_ITSELF), PushStatement("B", FROM_DJANGO))
