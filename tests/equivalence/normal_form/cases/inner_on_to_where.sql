-- rewritten
select b.id from book b join author a on a.id = b.author_id where a.name = 'a';
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1", "author" AS "q2" WHERE "q2"."name" = 'a' AND "q2"."id" = "q1"."author_id";

-- left alone
select b.id from book b left join author a on a.id = b.author_id and a.name = 'a';

-- left alone
select b.id from book b join author a on a.id = b.author_id right join publisher p on p.id = b.publisher_id;
