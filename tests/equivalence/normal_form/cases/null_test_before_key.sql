-- rewritten
select id from book order by pages is null, pages desc, id;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" ORDER BY "q1"."pages" DESC NULLS LAST, "id";

-- left alone
select id from book order by published is null, pages, id;
