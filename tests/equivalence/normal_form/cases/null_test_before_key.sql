-- rewritten
select id from book order by pages is null, pages desc, id;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" ORDER BY "q1"."pages" DESC NULLS LAST, "id";

-- rewritten
select id, pages from book order by pages is not null, pages, id;
-- to
SELECT "q1"."id" AS "id", "q1"."pages" AS "pages" FROM "book" AS "q1" ORDER BY "pages" NULLS FIRST, "id";

-- rewritten
select id from book order by case when pages is null then 1 else 0 end, pages desc, id;
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" ORDER BY "q1"."pages" DESC NULLS LAST, "id";

-- left alone
select id from book order by case when pages is null then 1 else 2 end, pages desc, id;

-- left alone
select id from book order by published is null, pages, id;
