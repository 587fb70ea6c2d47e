-- rewritten
select id from book where in_print = true or false = in_print;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."in_print" OR NOT "q1"."in_print";
