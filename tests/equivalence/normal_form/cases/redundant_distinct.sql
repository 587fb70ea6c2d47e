-- rewritten
select distinct id, title from book;
-- to
SELECT "q1"."id" AS "id", "q1"."title" AS "title" FROM "book" AS "q1";

-- rewritten
select distinct author_id from book group by author_id;
-- to
SELECT DISTINCT "q1"."author_id" AS "author_id" FROM "book" AS "q1";

-- left alone
select distinct title from book;

-- left alone
select distinct b.id from book b join review r on r.book_id = b.id;

-- left alone
select distinct author_id from book group by author_id, in_print;
