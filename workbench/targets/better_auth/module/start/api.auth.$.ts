// Better Auth's own endpoints: sign-in, sign-out, session.
import { createFileRoute } from "@tanstack/react-router";
import { auth } from "../../auth/server.ts";

export const Route = createFileRoute("/api/auth/$")({
  server: {
    handlers: {
      GET: ({ request }) => auth.handler(request),
      POST: ({ request }) => auth.handler(request),
    },
  },
});
