-- rewritten
select id from book where price >= all (select price from book);
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE NOT EXISTS(SELECT 1 FROM "book" AS "q2" WHERE "q1"."price" < "q2"."price");

-- left alone
select id from book where pages >= all (select pages from book);
