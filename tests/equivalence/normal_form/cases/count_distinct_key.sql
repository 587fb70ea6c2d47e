-- rewritten
select count(distinct id) from book where price > 1;
-- to
SELECT COUNT(*) AS "_col_0" FROM "book" AS "q1" WHERE "q1"."price" > 1;

-- left alone
select count(distinct title) from book;

-- left alone
select count(distinct b.id) from book b join review r on r.book_id = b.id;
