-- rewritten
select id from book where title is distinct from 'a' and title is not distinct from 'b';
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1" WHERE "q1"."title" <> 'a' AND "q1"."title" = 'b';

-- left alone
select id from book where pages is distinct from 1;
