-- rewritten
select id from book where (price > 1 and true) or false;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."price" > 1;
