// Tables of the Django app "shop".
import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  varchar,
} from "drizzle-orm/pg-core";

export const entry = pgTable(
  "shop_entry",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    title: varchar("title", { length: 100 }).notNull(),
    // Django validates in Python: RegexValidator
    slug: varchar("slug", { length: 50 }).notNull(),
    created: timestamp("created", { withTimezone: true, mode: "string" }).notNull(),
    state: varchar("state", { length: 10 }).notNull(),
    words: text("words").array().notNull(),
    data: jsonb("data").notNull(),
  },
  (table) => [
    unique("shop_entry_slug_key").on(table.slug),
    index("shop_entry_title_c867236a").on(table.title),
    index("shop_entry_title_c867236a_like").on(table.title.op("varchar_pattern_ops")),
    index("shop_entry_slug_98139f34_like").on(table.slug.op("varchar_pattern_ops")),
    index("entry_newest").on(table.created.desc().nullsFirst(), table.title),
    index("entry_open").on(table.state).where(sql`"state" IN ('open', 'new')`),
    index("entry_words").on(sql`(LOWER("title"))`, sql`(UPPER("state")) desc`),
    index("entry_nulls").on(table.created.desc().nullsLast(), table.title.asc().nullsFirst()),
    index("entry_pattern").on(table.title.op("varchar_pattern_ops")),
    index("entry_pattern_down").on(sql`(LOWER("title")) text_pattern_ops desc`),
    index("entry_covering").on(table.title),
    index("entry_collated").on(sql`"title" collate "C"`),
    index("entry_gin").using("gin", table.words).with({ fastupdate: "off" }),
    index("entry_paths").using("gin", table.data.op("jsonb_path_ops")),
    index("entry_brin").using("brin", table.created).with({ pages_per_range: "16" }),
    index("entry_hash").using("hash", table.slug),
    index("entry_fill").on(table.state).with({ fillfactor: "70" }),
    index("entry_trigrams").using("gist", table.title.op("gist_trgm_ops")),
  ],
);
