// The one Better Auth of the server, from its environment.
import { drizzle } from "drizzle-orm/node-postgres";
import { createAuth } from "./auth.ts";

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const auth = createAuth(drizzle(required("DATABASE_URL")), {
  secret: required("BETTER_AUTH_SECRET"),
  baseURL: required("BETTER_AUTH_URL"),
});
