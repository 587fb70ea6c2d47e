-- rewritten
select id, price + cast(1.50 as numeric), cast(2 as integer) from book;
-- to
SELECT "q1"."id" AS "id", "q1"."price" + 1.50 AS "_col_1", 2 AS "2" FROM "book" AS "q1";

-- left alone
select id, cast(1.50 as numeric(3, 1)), cast(2 as bigint), cast(1.5 as integer), cast(1 as numeric) from book;
