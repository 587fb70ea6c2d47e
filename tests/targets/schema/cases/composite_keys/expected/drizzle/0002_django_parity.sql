ALTER TABLE "shop_track" ALTER CONSTRAINT "shop_track_release_id_a11c99c7_fk_shop_release_id" DEFERRABLE INITIALLY DEFERRED;
