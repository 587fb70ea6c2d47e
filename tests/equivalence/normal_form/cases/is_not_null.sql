-- rewritten
select id from book where title is null or pages is null;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."pages" IS NULL;

-- left alone
select p.id from book b left join publisher p on p.id = b.publisher_id where p.name is null;
