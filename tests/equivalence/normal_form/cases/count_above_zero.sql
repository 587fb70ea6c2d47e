-- rewritten
select id from author a where (select count(*) from book b where b.author_id = a.id) > 0;
-- to
SELECT "q1"."id" AS "id" FROM "author" AS "q1" WHERE EXISTS(SELECT 1 FROM "book" AS "q2" WHERE "q2"."author_id" = "q1"."id");

-- left alone
select id from author a where (select count(pages) from book b where b.author_id = a.id) > 0;
