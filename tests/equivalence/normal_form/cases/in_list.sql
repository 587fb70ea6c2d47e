-- rewritten
select id from book where pages in (2, 1, 2);
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."pages" = 2 OR "q1"."pages" = 1;

-- left alone
select id from book where (pages, id) in ((1, 2));
