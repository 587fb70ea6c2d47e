-- rewritten
select count(case when price > 1 then pages end), sum(case when price > 1 then pages end) from book;
-- to
SELECT COUNT("q1"."pages") FILTER(WHERE "q1"."price" > 1) AS "_col_0", SUM("q1"."pages") FILTER(WHERE "q1"."price" > 1) AS "_col_1" FROM "book" AS "q1";

-- left alone
select sum(case when price > 1 then pages else 0 end) from book;
