-- rewritten
select b.id from book b left join publisher p on p.id = b.publisher_id where p.country = 'NL';
-- to
SELECT "q1"."id" AS "id" FROM "book" AS "q1", "publisher" AS "q2" WHERE "q2"."country" = 'NL' AND "q2"."id" = "q1"."publisher_id";

-- left alone
select b.id from book b left join publisher p on p.id = b.publisher_id where p.country = 'NL' or p.id is null;

-- left alone
select b.id from book b left join publisher p on p.id = b.publisher_id where coalesce(p.country, 'NL') = 'NL';
