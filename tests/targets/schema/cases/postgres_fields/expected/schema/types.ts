// Column types that Drizzle has no builder for.
import { customType } from "drizzle-orm/pg-core";

export const citext = customType<{ data: string }>({ dataType: () => "citext" });

export const daterange = customType<{ data: string }>({ dataType: () => "daterange" });

export const hstore = customType<{ data: string }>({ dataType: () => "hstore" });

export const int4range = customType<{ data: string }>({ dataType: () => "int4range" });

export const int8range = customType<{ data: string }>({ dataType: () => "int8range" });

export const moneyType = customType<{ data: string }>({ dataType: () => "money" });

export const numrange = customType<{ data: string }>({ dataType: () => "numrange" });

export const tstzrange = customType<{ data: string }>({ dataType: () => "tstzrange" });

export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
