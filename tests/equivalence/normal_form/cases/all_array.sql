-- rewritten
select id from book where pages <> all(array[1, 2]);
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."pages" <> 1 AND "q1"."pages" <> 2;

-- left alone
select id from book where pages <> all(array[]::int[]);
