-- rewritten
select id from author a where exists (select distinct b.title from book b where b.author_id = a.id order by 1 limit 3);
-- to
SELECT "q1"."id" AS "id" FROM "author" AS "q1" WHERE EXISTS(SELECT 1 FROM "book" AS "q2" WHERE "q2"."author_id" = "q1"."id");

-- left alone
select id from author a where exists (select count(*) from book b where b.author_id = a.id);

-- left alone
select id from author a where exists (select 1 from book b where b.author_id = a.id limit 0);
