ALTER TABLE "shop_person" ALTER CONSTRAINT "shop_person_mentor_id_aa15bb41_fk_shop_person_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_person" ALTER CONSTRAINT "shop_person_favourite_id_e8591b6b_fk_shop_group_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_person_friends" ALTER CONSTRAINT "shop_person_friends_from_person_id_36070ead_fk_shop_person_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_person_friends" ALTER CONSTRAINT "shop_person_friends_to_person_id_03c451dc_fk_shop_person_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_person_follows" ALTER CONSTRAINT "shop_person_follows_from_person_id_45d31c41_fk_shop_person_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_person_follows" ALTER CONSTRAINT "shop_person_follows_to_person_id_fb165f29_fk_shop_person_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_group" ALTER CONSTRAINT "shop_group_leader_id_1c296131_fk_shop_person_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_group_tags" ALTER CONSTRAINT "shop_group_tags_group_id_607d304e_fk_shop_group_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_group_tags" ALTER CONSTRAINT "shop_group_tags_tag_id_bbbd0356_fk_shop_tag_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_membership" ALTER CONSTRAINT "shop_membership_person_id_59c218ce_fk_shop_person_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_membership" ALTER CONSTRAINT "shop_membership_group_id_7aaf192f_fk_shop_group_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_membership" ALTER CONSTRAINT "shop_membership_invited_by_id_877c104e_fk_shop_person_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_profile" ALTER CONSTRAINT "shop_profile_person_id_d1d919d1_fk_shop_person_id" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "shop_tag" ALTER CONSTRAINT "shop_tag_content_type_id_43a0b3bb_fk_django_content_type_id" DEFERRABLE INITIALLY DEFERRED;
