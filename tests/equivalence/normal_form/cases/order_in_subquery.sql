-- rewritten
select s.t from (select title as t, count(*) as n from book group by title order by title) s;
-- to
SELECT "q1"."t" AS "t" FROM (SELECT "q2"."title" AS "t", COUNT(*) AS "n" FROM "book" AS "q2" GROUP BY "q2"."title") AS "q1";

-- left alone
select s.title from (select title from book order by id limit 1) s;
