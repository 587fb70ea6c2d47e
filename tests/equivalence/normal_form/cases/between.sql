-- rewritten
select id from book where pages between 1 and 3;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."pages" >= 1 AND "q1"."pages" <= 3;

-- left alone
select id from book where pages between symmetric 3 and 1;
