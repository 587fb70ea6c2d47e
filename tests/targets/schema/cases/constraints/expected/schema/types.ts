// Column types that Drizzle has no builder for.
import { customType } from "drizzle-orm/pg-core";

export const daterange = customType<{ data: string }>({ dataType: () => "daterange" });
