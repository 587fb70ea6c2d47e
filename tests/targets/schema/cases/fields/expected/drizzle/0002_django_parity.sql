ALTER TABLE "shop_keyed" ALTER CONSTRAINT "shop_keyed_plain_id_1644fda8_fk_shop_plainkey_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_keyed" ALTER CONSTRAINT "shop_keyed_text_id_592d1422_fk_shop_textkey_code" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_keyed" ALTER CONSTRAINT "shop_keyed_big_id_07cc0984_fk_shop_bigkey_number" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_keyed" ALTER CONSTRAINT "shop_keyed_small_id_370281aa_fk_shop_smallkey_id" DEFERRABLE INITIALLY DEFERRED;
