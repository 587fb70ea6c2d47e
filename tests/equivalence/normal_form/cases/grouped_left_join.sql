-- rewritten
select a.id, count(b.id) from author a left join book b on b.author_id = a.id group by a.id;
-- to
SELECT "q1"."id" AS "id", (SELECT COUNT(*) FROM "book" AS "q2_0" WHERE "q2_0"."author_id" = "q1"."id") AS "_col_1" FROM "author" AS "q1";

-- rewritten
select b.id, count(distinct r.id), count(distinct t.id) from book b left join review r on r.book_id = b.id left join book_tags t on t.book_id = b.id group by b.id;
-- to
SELECT "q1"."id" AS "id", (SELECT COUNT(*) FROM "review" AS "q2_0" WHERE "q2_0"."book_id" = "q1"."id") AS "_col_1", (SELECT COUNT(*) FROM "book_tags" AS "q3_1" WHERE "q3_1"."book_id" = "q1"."id") AS "_col_2" FROM "book" AS "q1";

-- left alone
select a.id, count(*) from author a left join book b on b.author_id = a.id group by a.id;

-- left alone
select a.name, count(b.id) from author a left join book b on b.author_id = a.id group by a.name;

-- left alone
select b.id, count(r.id), count(t.id) from book b left join review r on r.book_id = b.id left join book_tags t on t.book_id = b.id group by b.id;
