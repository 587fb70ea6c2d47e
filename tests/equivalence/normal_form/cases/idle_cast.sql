-- rewritten
select pages::integer, title::varchar(200) from book;
-- to
SELECT "q1"."pages" AS "pages", "q1"."title" AS "title" FROM "book" AS "q1";

-- left alone
select pages::bigint, title::varchar(3) from book;
