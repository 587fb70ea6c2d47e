// Column types that Drizzle has no builder for.
import { customType } from "drizzle-orm/sqlite-core";

export const declared = customType<{ data: string; config: { type: string }; configRequired: true }>(
  { dataType: (config) => config.type },
);

export const declaredBigint = customType<{ data: bigint; driverData: number | bigint; config: { type: string }; configRequired: true }>(
  { dataType: (config) => config.type, fromDriver: (value) => BigInt(value) },
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

// A decimal: SQLite holds a number, of which Django reads 15 digits and rounds half to even.
export const declaredDecimal = (places: number) => {
  const digits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 15, roundingMode: "halfEven", useGrouping: false });
  const rounded = new Intl.NumberFormat("en-US", { minimumFractionDigits: places, maximumFractionDigits: places, roundingMode: "halfEven", useGrouping: false });
  return customType<{ data: string; driverData: number | string; config: { type: string }; configRequired: true }>(
    {
      dataType: (config) => config.type,
      fromDriver: (value) => rounded.format(digits.format(Number(value)) as `${number}`),
    },
  );
};

// A moment, given and read in UTC: SQLite holds its text without the zone.
export const declaredInstant = customType<{ data: string; driverData: string; config: { type: string }; configRequired: true }>(
  {
    dataType: (config) => config.type,
    fromDriver: (value) => value.concat("+00"),
    toDriver: (value) =>
      value.replace("T", " ").replace("Z", "").replace("+00:00", "").replace("+00", ""),
  },
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
