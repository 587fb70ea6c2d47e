// Users are named by a login name, as in Django.
import { text } from "drizzle-orm/pg-core";

export const loginColumns = {
  /** Django's login name, exactly. */
  username: text("username").unique(),
  displayUsername: text("display_username"),
};
