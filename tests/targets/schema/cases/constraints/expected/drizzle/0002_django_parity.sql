ALTER TABLE "shop_room" DROP CONSTRAINT "place_later";
--> statement-breakpoint
ALTER TABLE "shop_room" ADD CONSTRAINT "place_later" UNIQUE ("place") DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_room" DROP CONSTRAINT "wing_now";
--> statement-breakpoint
ALTER TABLE "shop_room" ADD CONSTRAINT "wing_now" UNIQUE ("wing", "place") DEFERRABLE INITIALLY IMMEDIATE;
--> statement-breakpoint
ALTER TABLE "shop_room" ADD CONSTRAINT "code_plain" CHECK ((NOT ("code"::text LIKE '%;%') AND NOT ("code" = '--')));
--> statement-breakpoint
DROP INDEX "code_with_floor";
--> statement-breakpoint
CREATE UNIQUE INDEX "code_with_floor" ON "shop_room" USING btree ("code", "wing") INCLUDE ("floor");
--> statement-breakpoint
ALTER TABLE "shop_booking" ALTER CONSTRAINT "shop_booking_room_id_169e6417_fk_shop_room_number" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_booking" ADD CONSTRAINT "one_guest_a_night" EXCLUDE USING gist ("room_id" WITH =, "during" WITH &&) WHERE (NOT "cancelled") DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_booking" ADD CONSTRAINT "no_overlap_at_all" EXCLUDE USING gist ("during" WITH -|-) INCLUDE ("cancelled");
