-- rewritten
select id from book where published = '2024-01-01'::date and pages = '5';
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."published" = '2024-01-01' AND "q1"."pages" = 5;

-- left alone
select id from book where price = '5';

-- rewritten
select id from book where title = 'a'::text and price > 1.50::numeric and price < '9.5'::numeric;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."title" = 'a' AND "q1"."price" > 1.50 AND "q1"."price" < '9.5';

-- rewritten
select id from book where id = 3::bigint and published < '2024-01-01'::date;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."id" = 3 AND "q1"."published" <= '2023-12-31';

-- left alone
select id from book where title = 'abc'::varchar(2) and price = 1.55::numeric(3, 1) and published = '2024-01-01'::timestamp;
