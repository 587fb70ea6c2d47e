-- rewritten
select id from book where published = '2024-01-01'::date and pages = '5';
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."published" = '2024-01-01' AND "q1"."pages" = 5;

-- left alone
select id from book where price = '5';
