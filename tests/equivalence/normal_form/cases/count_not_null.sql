-- rewritten
select count(title), count(1) from book;
-- to
SELECT COUNT(*) AS "_col_0", COUNT(*) AS "_col_1" FROM "book" AS "q1";

-- left alone
select count(pages) from book;

-- left alone
select count(p.id) from book b left join publisher p on p.id = b.publisher_id;
