import { json, type LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { loadOr } from "#app/components/keep-form.ts";
import type { SegmentsFound } from "#app/core/codes/find-segments.ts";
import { services } from "#app/services.server.ts";

export { shouldRevalidate } from "#app/components/keep-form.ts";

/** Customer segments by name, for the picker of a discount's form. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const words = new URL(request.url).searchParams.get("search") ?? "";
  return json(await services.findSegments({ shop, words: words.slice(0, LONGEST_SEARCH) }));
}

const LONGEST_SEARCH = 100;

/** A lost connection must not take the typed form away. */
export function clientLoader(args: ClientLoaderFunctionArgs) {
  return loadOr<SegmentsFound>(args, NOT_READ);
}

const NOT_READ = {
  ok: false as const,
  needsScope: false,
  message: "The connection was lost before the segments were read.",
};
