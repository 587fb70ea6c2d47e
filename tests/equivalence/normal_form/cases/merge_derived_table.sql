-- rewritten
select s.id from (select id, price from book where price > 1) s where s.price < 5;
-- to
SELECT "q2"."id" AS "id" FROM "book" AS "q2" WHERE "q2"."price" < 5 AND "q2"."price" > 1;

-- left alone
select s.id from (select distinct author_id as id from book) s;

-- left alone
select a.id, s.one from author a left join (select author_id, 1 as one from book) s on s.author_id = a.id;
