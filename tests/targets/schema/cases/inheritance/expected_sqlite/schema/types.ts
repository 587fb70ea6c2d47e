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

// A moment, given and read in UTC: SQLite holds its text without the zone.
export const declaredInstant = customType<{ data: string; driverData: string; config: { type: string }; configRequired: true }>(
  {
    dataType: (config) => config.type,
    fromDriver: (value) => value.concat("+00"),
    toDriver: (value) =>
      value.replace("T", " ").replace("Z", "").replace("+00:00", "").replace("+00", ""),
  },
);

export const declaredNumber = customType<{ data: number; config: { type: string }; configRequired: true }>(
  { dataType: (config) => config.type },
);

export const declaredUuid = customType<{ data: string; driverData: string; config: { type: string }; configRequired: true }>(
  {
    dataType: (config) => config.type,
    fromDriver: (value) =>
      [value.slice(0, 8), value.slice(8, 12), value.slice(12, 16), value.slice(16, 20), value.slice(20)].join(
        "-",
      ),
    toDriver: (value) => value.replaceAll("-", ""),
  },
);
