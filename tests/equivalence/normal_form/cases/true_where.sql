-- rewritten
select id from book where true;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1";
