// Users are named by their e-mail address, as in Django.
import { text } from "drizzle-orm/pg-core";

export const loginColumns = {
  /** The address exactly as Django has it; `email` holds it in lower case. */
  username: text("username").unique(),
};
