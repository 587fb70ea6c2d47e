-- rewritten
select id from book where pages > 2 + 3 * 4 and pages < 5 - 7;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."pages" >= 15 AND "q1"."pages" <= -3;

-- left alone
select id, 7 / 2, 1.5 + 2, 40000 * 40000 from book;
