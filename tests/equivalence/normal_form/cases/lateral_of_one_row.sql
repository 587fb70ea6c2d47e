-- rewritten
select a.id, l.title from author a left join lateral (select b.title from book b where b.author_id = a.id order by b.id limit 1) l on true;
-- to
SELECT "q1"."id" AS "id", (SELECT "q3"."title" AS "title" FROM "book" AS "q3" WHERE "q3"."author_id" = "q1"."id" ORDER BY "q3"."id" LIMIT 1) AS "title" FROM "author" AS "q1";

-- left alone
select a.id, l.title from author a cross join lateral (select b.title from book b where b.author_id = a.id order by b.id limit 1) l;
