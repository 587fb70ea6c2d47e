-- rewritten
select b.id from book b left join review r on r.book_id = b.id and r.rating = 1 where r.id is null;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE NOT EXISTS(SELECT 1 FROM "review" AS "q2" WHERE "q2"."book_id" = "q1"."id" AND "q2"."rating" = 1);

-- left alone
select b.id from book b left join review r on r.book_id = b.id where r.reviewer_id is null;

-- left alone
select b.id, r.body from book b left join review r on r.book_id = b.id where r.id is null;
