DROP TABLE "shop_keyed";
--> statement-breakpoint
CREATE TABLE "shop_keyed" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "plain_id" integer NOT NULL,
  "text_id" varchar(4),
  "big_id" bigint NOT NULL,
  "small_id" smallint,
  FOREIGN KEY ("plain_id") REFERENCES "shop_plainkey" ("id") DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("text_id") REFERENCES "shop_textkey" ("code") DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("big_id") REFERENCES "shop_bigkey" ("number") DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("small_id") REFERENCES "shop_smallkey" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE INDEX "shop_keyed_plain_id_1644fda8" ON "shop_keyed" ("plain_id");
--> statement-breakpoint
CREATE INDEX "shop_keyed_text_id_592d1422" ON "shop_keyed" ("text_id");
--> statement-breakpoint
CREATE INDEX "shop_keyed_big_id_07cc0984" ON "shop_keyed" ("big_id");
--> statement-breakpoint
CREATE INDEX "shop_keyed_small_id_370281aa" ON "shop_keyed" ("small_id");
