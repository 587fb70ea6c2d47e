-- rewritten
select b.id, (select p.name from publisher p where p.id = b.publisher_id) from book b;
-- to
SELECT "q1"."id" AS "id", "q2"."name" AS "_col_1" FROM "book" AS "q1" LEFT JOIN "publisher" AS "q2" ON "q2"."id" = "q1"."publisher_id";

-- left alone
select a.id, (select max(b.title) from book b where b.author_id = a.id) from author a;

-- left alone
select b.id, (select coalesce(p.country, 'x') from publisher p where p.id = b.publisher_id) from book b;
