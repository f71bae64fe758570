import type { ActionFunctionArgs } from "@remix-run/node";
import { takeInClick } from "#app/click-intake.server.ts";

/** Where the web pixel tells a checkout's click: no session, and nothing of it is trusted. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return takeInClick(request);
}

export function loader(): Response {
  return new Response(null, { status: 405, headers: { allow: "POST" } });
}
