-- rewritten
select id from book where ((price > 1));
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."price" > 1;
