// Column types that Drizzle has no builder for.
import { customType } from "drizzle-orm/sqlite-core";

export const declared = customType<{ data: string; config: { type: string }; configRequired: true }>(
  { dataType: (config) => config.type },
);

export const declaredBoolean = customType<{ data: boolean; driverData: number; config: { type: string }; configRequired: true }>(
  {
    dataType: (config) => config.type,
    fromDriver: (value) => Boolean(value),
    toDriver: (value) => Number(value),
  },
);

export const declaredBytes = customType<{ data: Buffer; config: { type: string }; configRequired: true }>(
  { dataType: (config) => config.type },
);

export const declaredDecimal = customType<{ data: string; driverData: number | string; config: { type: string }; configRequired: true }>(
  { dataType: (config) => config.type, fromDriver: (value) => String(value) },
);

export const declaredNumber = customType<{ data: number; config: { type: string }; configRequired: true }>(
  { dataType: (config) => config.type },
);
