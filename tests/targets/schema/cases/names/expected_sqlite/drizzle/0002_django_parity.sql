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
--> statement-breakpoint
DROP TABLE "shop_peer_relations";
--> statement-breakpoint
CREATE TABLE "shop_peer_relations" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "from_peer_id" bigint NOT NULL,
  "to_peer_id" bigint NOT NULL,
  FOREIGN KEY ("from_peer_id") REFERENCES "shop_peer" ("id") DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("to_peer_id") REFERENCES "shop_peer" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE UNIQUE INDEX "shop_peer_relations_from_peer_id_to_peer_id_b07a4c84_uniq" ON "shop_peer_relations" ("from_peer_id", "to_peer_id");
--> statement-breakpoint
CREATE INDEX "shop_peer_relations_from_peer_id_60900e55" ON "shop_peer_relations" ("from_peer_id");
--> statement-breakpoint
CREATE INDEX "shop_peer_relations_to_peer_id_3727f574" ON "shop_peer_relations" ("to_peer_id");
