ALTER TABLE "shop_everything" ALTER COLUMN "name" SET DATA TYPE character varying(30) COLLATE "C";
--> statement-breakpoint
COMMENT ON TABLE "shop_everything" IS 'One of each; nothing -- else';
--> statement-breakpoint
COMMENT ON COLUMN "shop_everything"."name" IS 'it''s sorted by code point';
