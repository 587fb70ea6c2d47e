ALTER TABLE "shop_task" ALTER CONSTRAINT "shop_task_project_id_2b3c4f6a_fk_shop_project_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_restaurant" ALTER CONSTRAINT "shop_restaurant_place_ptr_id_06a0a727_fk_shop_place_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_trattoria" ALTER CONSTRAINT "shop_trattoria_restaurant_ptr_id_f8ffac71_fk_shop_rest" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_cafe" ALTER CONSTRAINT "shop_cafe_place_id_5652174a_fk_shop_place_id" DEFERRABLE INITIALLY DEFERRED;
