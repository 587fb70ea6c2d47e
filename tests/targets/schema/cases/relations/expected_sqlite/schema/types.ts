// Column types that Drizzle has no builder for.
import { customType } from "drizzle-orm/sqlite-core";

export const declared = customType<{ data: string; config: { type: string }; configRequired: true }>(
  { dataType: (config) => config.type },
);

export const declaredBigint = customType<{ data: bigint; driverData: number | bigint; config: { type: string }; configRequired: true }>(
  { dataType: (config) => config.type, fromDriver: (value) => BigInt(value) },
);

export const declaredNumber = customType<{ data: number; config: { type: string }; configRequired: true }>(
  { dataType: (config) => config.type },
);
