-- rewritten
select coalesce(title, 'x') from book;
-- to
SELECT "q1"."title" AS "_col_0" FROM "book" AS "q1";

-- left alone
select coalesce(pages, 1) from book;
