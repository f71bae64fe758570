import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, type ShouldRevalidateFunction } from "@remix-run/react";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { isUnanswered } from "#app/components/keep-form.ts";
import { services } from "#app/services.server.ts";

/** What codes can be filtered by, and the views that are saved. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const [choices, views] = await Promise.all([
    services.listCodeChoices(shop),
    services.listViews(shop),
  ]);
  return json({ choices, views });
}

// It stays the same while somebody types, filters and turns pages: only a form changes it.
export const shouldRevalidate: ShouldRevalidateFunction = (args) =>
  args.formMethod !== undefined && !isUnanswered(args);

export default function Codes() {
  return <Outlet />;
}
