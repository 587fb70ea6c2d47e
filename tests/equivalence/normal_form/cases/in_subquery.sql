-- rewritten
select id from author where id in (select author_id from book where price > 1);
-- to
SELECT "q1"."id" AS "id" FROM "author" AS "q1" WHERE EXISTS(SELECT 1 FROM "book" AS "q2" WHERE "q2"."price" > 1 AND "q2"."author_id" = "q1"."id");

-- rewritten
select id from author where id not in (select author_id from book);
-- to
SELECT "q1"."id" AS "id" FROM "author" AS "q1" WHERE NOT EXISTS(SELECT 1 FROM "book" AS "q2" WHERE "q2"."author_id" = "q1"."id");

-- left alone
select id from author where id not in (select reviewer_id from review);

-- left alone
select id from book where pages not in (select id from author);
