-- rewritten
select id from book where pages > 3 is true or (pages < 1) is false;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."pages" >= 4 OR "q1"."pages" >= 1;

-- left alone
select id from book where not (pages > 3) is true;
