-- rewritten
select id from book where not (price > 1 and not (pages = 2 or title like 'a%'));
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."price" <= 1 OR "q1"."pages" = 2 OR "q1"."title" LIKE 'a%';

-- left alone
select id from book where not title like 'a%';
