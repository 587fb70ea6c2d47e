-- rewritten
select id, in_print is false from book;
-- to
SELECT "q1"."id" AS "id", NOT "q1"."in_print" AS "_col_1" FROM "book" AS "q1";

-- left alone
select id, (price > 3 and pages > 1) is true from book;
