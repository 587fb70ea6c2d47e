// The tables of Better Auth, beside Django's in the same database.
import { boolean, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { loginColumns } from "./login.ts";
import { tables } from "./project.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const user = pgTable(tables.user, {
  /** The key of Django's user, as text. */
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** In lower case; a placeholder where Django's user has no address that can stand here. */
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  ...loginColumns,
  /** Django's `is_superuser`. */
  isSiteAdmin: boolean("is_site_admin").notNull().default(false),
  /** Django's `is_staff`. */
  isStaff: boolean("is_staff").notNull().default(false),
  /** Set: locked out (Django's `is_active` is false). */
  deactivatedAt: moment("deactivated_at"),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

const userId = () =>
  text("user_id")
    .notNull()
    .references(() => user.id, { onDelete: "cascade" });

export const session = pgTable(tables.session, {
  id: text("id").primaryKey(),
  token: text("token").notNull().unique(),
  userId: userId(),
  expiresAt: moment("expires_at").notNull(),
  ipAddress: text("ip_address"),
  userAgent: text("user_agent"),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const account = pgTable(tables.account, {
  id: text("id").primaryKey(),
  userId: userId(),
  /** "credential": signs in with the password of this row. */
  providerId: text("provider_id").notNull(),
  accountId: text("account_id").notNull(),
  /** Django's hash until its user signs in, then our own. */
  password: text("password"),
  accessToken: text("access_token"),
  refreshToken: text("refresh_token"),
  idToken: text("id_token"),
  accessTokenExpiresAt: moment("access_token_expires_at"),
  refreshTokenExpiresAt: moment("refresh_token_expires_at"),
  scope: text("scope"),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const verification = pgTable(tables.verification, {
  id: text("id").primaryKey(),
  identifier: text("identifier").notNull(),
  value: text("value").notNull(),
  expiresAt: moment("expires_at").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});
