DROP TABLE "shop_person";
--> statement-breakpoint
CREATE TABLE "shop_person" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "name" varchar(20) NOT NULL,
  "mentor_id" bigint,
  "favourite_id" bigint,
  FOREIGN KEY ("mentor_id") REFERENCES "shop_person" ("id") DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("favourite_id") REFERENCES "shop_group" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE INDEX "shop_person_mentor_id_aa15bb41" ON "shop_person" ("mentor_id");
--> statement-breakpoint
CREATE INDEX "shop_person_favourite_id_e8591b6b" ON "shop_person" ("favourite_id");
--> statement-breakpoint
DROP TABLE "shop_person_friends";
--> statement-breakpoint
CREATE TABLE "shop_person_friends" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "from_person_id" bigint NOT NULL,
  "to_person_id" bigint NOT NULL,
  FOREIGN KEY ("from_person_id") REFERENCES "shop_person" ("id") DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("to_person_id") REFERENCES "shop_person" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE UNIQUE INDEX "shop_person_friends_from_person_id_to_person_id_f8bb450a_uniq" ON "shop_person_friends" ("from_person_id", "to_person_id");
--> statement-breakpoint
CREATE INDEX "shop_person_friends_from_person_id_36070ead" ON "shop_person_friends" ("from_person_id");
--> statement-breakpoint
CREATE INDEX "shop_person_friends_to_person_id_03c451dc" ON "shop_person_friends" ("to_person_id");
--> statement-breakpoint
DROP TABLE "shop_person_follows";
--> statement-breakpoint
CREATE TABLE "shop_person_follows" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "from_person_id" bigint NOT NULL,
  "to_person_id" bigint NOT NULL,
  FOREIGN KEY ("from_person_id") REFERENCES "shop_person" ("id") DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("to_person_id") REFERENCES "shop_person" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE UNIQUE INDEX "shop_person_follows_from_person_id_to_person_id_59217c22_uniq" ON "shop_person_follows" ("from_person_id", "to_person_id");
--> statement-breakpoint
CREATE INDEX "shop_person_follows_from_person_id_45d31c41" ON "shop_person_follows" ("from_person_id");
--> statement-breakpoint
CREATE INDEX "shop_person_follows_to_person_id_fb165f29" ON "shop_person_follows" ("to_person_id");
--> statement-breakpoint
DROP TABLE "shop_group";
--> statement-breakpoint
CREATE TABLE "shop_group" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "leader_id" bigint NOT NULL,
  FOREIGN KEY ("leader_id") REFERENCES "shop_person" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE INDEX "shop_group_leader_id_1c296131" ON "shop_group" ("leader_id");
--> statement-breakpoint
DROP TABLE "shop_group_tags";
--> statement-breakpoint
CREATE TABLE "shop_group_tags" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "group_id" bigint NOT NULL,
  "tag_id" bigint NOT NULL,
  FOREIGN KEY ("group_id") REFERENCES "shop_group" ("id") DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("tag_id") REFERENCES "shop_tag" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE UNIQUE INDEX "shop_group_tags_group_id_tag_id_35db0bfc_uniq" ON "shop_group_tags" ("group_id", "tag_id");
--> statement-breakpoint
CREATE INDEX "shop_group_tags_group_id_607d304e" ON "shop_group_tags" ("group_id");
--> statement-breakpoint
CREATE INDEX "shop_group_tags_tag_id_bbbd0356" ON "shop_group_tags" ("tag_id");
--> statement-breakpoint
DROP TABLE "shop_membership";
--> statement-breakpoint
CREATE TABLE "shop_membership" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "person_id" bigint NOT NULL,
  "group_id" bigint NOT NULL,
  "invited_by_id" bigint NOT NULL,
  FOREIGN KEY ("person_id") REFERENCES "shop_person" ("id") DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("group_id") REFERENCES "shop_group" ("id") DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY ("invited_by_id") REFERENCES "shop_person" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE INDEX "shop_membership_person_id_59c218ce" ON "shop_membership" ("person_id");
--> statement-breakpoint
CREATE INDEX "shop_membership_group_id_7aaf192f" ON "shop_membership" ("group_id");
--> statement-breakpoint
CREATE INDEX "shop_membership_invited_by_id_877c104e" ON "shop_membership" ("invited_by_id");
--> statement-breakpoint
DROP TABLE "shop_profile";
--> statement-breakpoint
CREATE TABLE "shop_profile" (
  "person_id" bigint NOT NULL PRIMARY KEY,
  FOREIGN KEY ("person_id") REFERENCES "shop_person" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
DROP TABLE "shop_tag";
--> statement-breakpoint
CREATE TABLE "shop_tag" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "content_type_id" integer NOT NULL,
  "object_id" bigint unsigned NOT NULL,
  CHECK ("object_id" >= 0),
  FOREIGN KEY ("content_type_id") REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE INDEX "shop_tag_content_type_id_43a0b3bb" ON "shop_tag" ("content_type_id");
