-- rewritten
select 1 as x from (values (1)) as one_row where exists (select 1 from author a where a.name = 'a');
-- to
SELECT 1 AS "x" WHERE EXISTS(SELECT 1 AS "1" FROM "author" AS "q2" WHERE "q2"."name" = 'a');

-- rewritten
select count(*) as n from (values (1)) as one_row;
-- to
SELECT COUNT(*) AS "n";

-- left alone
select one_row.n from (values (1)) as one_row (n);

-- left alone
select * from (values (1)) as one_row;

-- left alone
select 1 as x from (values (1), (2)) as rows;

-- left alone
select 1 as x from (values (1)) as one_row, author a;
