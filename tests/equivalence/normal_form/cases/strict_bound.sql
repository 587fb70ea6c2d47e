-- rewritten
select id from book where pages < 5 and published > '2024-02-28';
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."pages" <= 4 AND "q1"."published" >= '2024-02-29';

-- left alone
select id from book where price < 5;
