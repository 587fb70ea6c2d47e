-- rewritten
select a.id, coalesce(c.n, 0) from author a left join (select author_id, count(*) as n from book group by author_id) c on c.author_id = a.id;
-- to
SELECT "q1"."id" AS "id", (SELECT COUNT(*) FROM "book" AS "q3_q2_0" WHERE "q3_q2_0"."author_id" = "q1"."id") AS "_col_1" FROM "author" AS "q1";

-- left alone
select a.id, c.n from author a left join (select author_id, count(pages) as n from book group by author_id) c on c.author_id = a.id;
