// Pages below this route need a session: a visitor is sent to the login page, and comes back afterwards.
import { createFileRoute, redirect } from "@tanstack/react-router";
import { loginPath } from "../../auth/project.ts";
import { whoIsThere } from "../guards.ts";

export const Route = createFileRoute("/_authed")({
  beforeLoad: async ({ location }) => {
    const user = await whoIsThere();
    if (!user) throw redirect({ href: `${loginPath}?next=${encodeURIComponent(location.href)}` });
    return { user };
  },
});
