-- rewritten
select pages::integer, title::varchar(200) from book;
-- to
SELECT "q1"."pages" AS "pages", "q1"."title" AS "title" FROM "book" AS "q1";

-- left alone
select pages::bigint, title::varchar(3) from book;

-- rewritten
select id from book where title::text like 'a%' and title::varchar = 'b';
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."title" LIKE 'a%' AND CAST("q1"."title" AS VARCHAR) = 'b';

-- left alone
select title::text, pg_typeof(title::text), title::varchar(2) from book;
