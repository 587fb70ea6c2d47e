DROP TABLE "shop_track";
--> statement-breakpoint
CREATE TABLE "shop_track" (
  "release_id" bigint NOT NULL,
  "position" integer NOT NULL,
  "title" varchar(50) NOT NULL,
  PRIMARY KEY ("release_id", "position"),
  FOREIGN KEY ("release_id") REFERENCES "shop_release" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE INDEX "shop_track_release_id_a11c99c7" ON "shop_track" ("release_id");
