DROP TABLE "shop_task";
--> statement-breakpoint
CREATE TABLE "shop_task" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "guid" char(32) NOT NULL,
  "metadata" text NOT NULL,
  "created_at" datetime NOT NULL,
  "updated_at" datetime NOT NULL,
  "project_id" bigint NOT NULL,
  UNIQUE ("guid"),
  CHECK ((JSON_VALID("metadata") OR "metadata" IS NULL)),
  FOREIGN KEY ("project_id") REFERENCES "shop_project" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE INDEX "shop_task_project_id_2b3c4f6a" ON "shop_task" ("project_id");
--> statement-breakpoint
DROP TABLE "shop_restaurant";
--> statement-breakpoint
CREATE TABLE "shop_restaurant" (
  "place_ptr_id" bigint NOT NULL PRIMARY KEY,
  "serves_pizza" bool NOT NULL,
  FOREIGN KEY ("place_ptr_id") REFERENCES "shop_place" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
DROP TABLE "shop_trattoria";
--> statement-breakpoint
CREATE TABLE "shop_trattoria" (
  "restaurant_ptr_id" bigint NOT NULL PRIMARY KEY,
  "wine" varchar(20) NOT NULL,
  FOREIGN KEY ("restaurant_ptr_id") REFERENCES "shop_restaurant" ("place_ptr_id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
DROP TABLE "shop_cafe";
--> statement-breakpoint
CREATE TABLE "shop_cafe" (
  "place_id" bigint NOT NULL PRIMARY KEY,
  FOREIGN KEY ("place_id") REFERENCES "shop_place" ("id") DEFERRABLE INITIALLY DEFERRED
);
