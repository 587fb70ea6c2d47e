-- rewritten
select case pages when 1 then 'a' else 'b' end from book;
-- to
SELECT CASE WHEN "q1"."pages" = 1 THEN 'a' ELSE 'b' END AS "_col_0" FROM "book" AS "q1";
