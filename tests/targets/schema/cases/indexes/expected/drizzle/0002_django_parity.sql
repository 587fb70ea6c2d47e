DROP INDEX "entry_covering";
--> statement-breakpoint
CREATE INDEX "entry_covering" ON "shop_entry" USING btree ("title") INCLUDE ("created", "state");
--> statement-breakpoint
CREATE INDEX "entry_semicolon" ON "shop_entry" USING btree ("title") WHERE NOT ("title" = 'a;b--c,,d');
