"""The TypeScript printer: what it quotes, and where it breaks lines."""

import pytest

from workbench.targets.typescript import (
    Array,
    Arrow,
    Const,
    Import,
    Literal,
    Member,
    Name,
    Object,
    Spread,
    call,
    method,
    print_expression,
    print_module,
    sql,
)

QUOTED = [
    (Literal('it\'s "quoted"'), '"it\'s \\"quoted\\""'),
    (Literal("a\nb\u2028\x00"), '"a\\nb\\u2028\\u0000"'),
    (Literal("\ud800"), '"\\ud800"'),
    (Literal(2**53 - 1), "9007199254740991"),
    (Literal(2**53), "9007199254740992n"),
    (Literal(0.1), "0.1"),
    (Literal(True), "true"),
    (Literal(None), "null"),
    (sql("a ` ${b} \\ ", Name("x"), type="number"), "sql<number>`a \\` \\${b} \\\\ ${x}`"),
    (Member(Name("a"), "b-c"), 'a["b-c"]'),
    (Object((("a", Name("a")), ("b-c", Literal(1)), Spread(Name("d")))), '{ a, "b-c": 1, ...d }'),
    (Arrow(("x",), Object()), "(x) => ({})"),
]


@pytest.mark.parametrize(("expression", "text"), QUOTED, ids=[text for _, text in QUOTED])
def test_an_expression_is_printed_on_one_line_with_its_text_quoted(expression, text):
    assert print_expression(expression) == text


def test_a_name_may_be_of_any_script():
    assert print_expression(Name("größe$1")) == "größe$1"


@pytest.mark.parametrize("text", ["a b", "class", "", "1a", "a;b", "½", "a²"])
def test_a_name_must_be_an_identifier(text):
    with pytest.raises(ValueError, match="is not a TypeScript identifier"):
        Name(text)


def test_a_long_chain_is_broken_with_one_call_a_line():
    book = Name("book")
    columns = Object(tuple((name, Member(book, name)) for name in ("id", "title", "price", "published", "publisherId")))
    both = call(
        "and", call("eq", Member(book, "title"), Literal("A title")), call("gt", Member(book, "price"), Literal(1))
    )
    chain = method(method(method(Name("db"), "select", columns), "from", book), "where", both)
    module = print_module(
        [
            Import("drizzle-orm", ("gt", "eq", "and")),
            Import("./db", types=("Db",)),
            Const(
                "query",
                Arrow(("db: Db",), method(chain, "orderBy", Array((Literal(1),)))),
                exported=True,
                comment="one\ntwo",
            ),
        ]
    )
    assert module == (
        'import { and, eq, gt } from "drizzle-orm";\n'
        'import { type Db } from "./db";\n'
        "\n"
        "// one\n"
        "// two\n"
        "export const query = (db: Db) =>\n"
        "  db\n"
        "    .select({\n"
        "      id: book.id,\n"
        "      title: book.title,\n"
        "      price: book.price,\n"
        "      published: book.published,\n"
        "      publisherId: book.publisherId,\n"
        "    })\n"
        "    .from(book)\n"
        '    .where(and(eq(book.title, "A title"), gt(book.price, 1)))\n'
        "    .orderBy([1]);\n"
    )
