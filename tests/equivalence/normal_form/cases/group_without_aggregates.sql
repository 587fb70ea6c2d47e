-- rewritten
select author_id from book group by author_id;
-- to
SELECT DISTINCT "q1"."author_id" AS "author_id" FROM "book" AS "q1";

-- left alone
select author_id from book group by author_id, in_print;
