DROP TABLE "shop_index";
--> statement-breakpoint
CREATE TABLE "shop_index" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "Table" bigint NOT NULL,
  "check" integer unsigned NOT NULL,
  CHECK ("check" >= 0),
  FOREIGN KEY ("Table") REFERENCES "shop_text" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE INDEX "shop_index_Table_655ac0c3" ON "shop_index" ("Table");
