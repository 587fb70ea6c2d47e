-- rewritten
with c as (select id from book where price > 1) select id from c;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."price" > 1;

-- left alone
with c as (select id from book) select x.id from c x join c y on x.id = y.id;
