-- rewritten
select count(*) filter (where price > 1) from book;
-- to
SELECT COUNT(*) AS "_col_0" FROM "book" AS "q1" WHERE "q1"."price" > 1;

-- left alone
select count(*) filter (where price > 1), count(*) from book;
