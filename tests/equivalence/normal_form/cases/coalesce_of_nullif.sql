-- rewritten
select coalesce(nullif((select count(*) from book b where b.author_id = a.id), 0), 0) from author a;
-- to
SELECT (SELECT COUNT(*) AS "count" FROM "book" AS "q2" WHERE "q2"."author_id" = "q1"."id") AS "_col_0" FROM "author" AS "q1";

-- left alone
select coalesce(nullif((select sum(b.pages) from book b where b.author_id = a.id), 0), 0) from author a;
