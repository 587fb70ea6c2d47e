ALTER TABLE "shop_index" ALTER CONSTRAINT "shop_index_Table_655ac0c3_fk_shop_text_id" DEFERRABLE INITIALLY DEFERRED;
