ALTER TABLE "shop_index" ALTER CONSTRAINT "shop_index_Table_655ac0c3_fk_shop_text_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_peer_relations" ALTER CONSTRAINT "shop_peer_relations_from_peer_id_60900e55_fk_shop_peer_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_peer_relations" ALTER CONSTRAINT "shop_peer_relations_to_peer_id_3727f574_fk_shop_peer_id" DEFERRABLE INITIALLY DEFERRED;
