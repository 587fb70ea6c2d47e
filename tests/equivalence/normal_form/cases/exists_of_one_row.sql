-- rewritten
select b.id from book b where exists (select 1 from author a where a.id = b.author_id and a.name = 'a');
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1", "author" AS "q2" WHERE "q2"."id" = "q1"."author_id" AND "q2"."name" = 'a';

-- left alone
select a.id from author a where exists (select 1 from book b where b.author_id = a.id);
