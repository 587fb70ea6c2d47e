-- rewritten
select id from book where pages is not distinct from null or null is distinct from published;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."pages" IS NULL OR NOT "q1"."published" IS NULL;

-- left alone
select id from book where pages is not distinct from 3;
