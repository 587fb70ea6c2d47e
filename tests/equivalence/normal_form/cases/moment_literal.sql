-- rewritten
select id from book where created >= '2024-01-01T02:00:00+02:00';
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."created" >= '2024-01-01 00:00:00.000000+00:00';

-- left alone
select id from book where created >= '2024-01-01';
