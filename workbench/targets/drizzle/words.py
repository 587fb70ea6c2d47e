"""Words that no generated name may take: TypeScript's, and the functions that generated modules import."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


TYPESCRIPT = words(
    """
    abstract any arguments as async await boolean break case catch class const continue debugger declare default delete
    do else enum eval export extends false finally for from function get global globalThis if implements import in
    infinity instanceof interface is keyof let module namespace never new null number object of package private
    protected public readonly require return set static string super switch symbol this throw true try type typeof
    undefined unique unknown var void while with yield
    Array Boolean Buffer Date Error Function Infinity JSON Map Math NaN Number Object Promise RegExp Set String Symbol
    console crypto document exports globalThis process structuredClone window
    """
)

# every lower-case export of drizzle-orm 0.45.4, its pg-core and its sqlite-core that a schema or a query may import
DRIZZLE = words(
    """
    alias aliasedTable and arrayContained arrayContains arrayOverlaps asc avg avgDistinct between bigint bigserial bit
    blob boolean char check cidr concat cosineDistance count countDistinct customType date decimal desc
    doublePrecision entityKind eq except exceptAll exists foreignKey geometry getTableColumns getTableName gt gte
    halfvec hammingDistance ilike inArray index inet innerProduct int integer intersect intersectAll interval is
    isNotNull isNull isTable isView jaccardDistance json jsonb l1Distance l2Distance like line lt lte macaddr macaddr8
    max min name ne not notBetween notExists notIlike notInArray notLike numeric or param pgEnum pgMaterializedView
    pgPolicy pgRole pgSchema pgSequence pgTable pgTableCreator pgView placeholder point primaryKey real relations
    serial smallint smallserial sparsevec sql sqliteTable sqliteTableCreator sqliteView substring sum sumDistinct text
    time timestamp union unionAll unique uniqueIndex uuid varchar vector view withReplicas
    """
)

# names that our own generated code binds: the connection, the schema, callback parameters, helper functions
GENERATED = words("db schema table tx row rows many one client result value values")

# column types that generated modules declare (types.CUSTOM_NAMES)
CUSTOM = words(
    """
    bytea citext daterange declared declaredBigint declaredBoolean declaredBytes declaredDecimal declaredInstant
    declaredNumber declaredUuid hstore int4range int8range ltree numrange oid tsquery tsrange tstzrange tsvector xml
    """
)

TABLE_WORDS = TYPESCRIPT | DRIZZLE | GENERATED | CUSTOM

# members that every Drizzle table object already has
COLUMN_WORDS = words("_ getSQL enableRLS shouldOmitSQLParens constructor __proto__")

MODULE_WORDS = frozenset({"schema", "index", "relations", "types"})
