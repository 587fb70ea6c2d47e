-- rewritten
select id from book order by id, title;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" ORDER BY "id";

-- rewritten
select title, id from book order by title, id desc, price;
-- to
SELECT "q1"."title" AS "title", "q1"."id" AS "id" FROM "book" AS "q1" ORDER BY "title", "id" DESC;

-- left alone
select id from book order by title, id;

-- left alone
select id from book order by price, price + 1;
