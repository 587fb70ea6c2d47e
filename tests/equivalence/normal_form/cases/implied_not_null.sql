-- rewritten
select id from book where pages is not null and pages > 3;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."pages" >= 4;

-- left alone
select id from book where pages is not null or pages > 3;
