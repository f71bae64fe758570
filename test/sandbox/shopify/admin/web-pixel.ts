import { GraphQLError } from "graphql";
import type { AdminContext } from "./admin-context.ts";
import { globalId } from "./global-id.ts";
import { takeId, type WebPixel } from "#test/sandbox/shopify/state.ts";

interface PixelInput {
  webPixel: { settings: unknown };
}

/** The app's own pixel; Shopify answers with an error where there is none. */
export function webPixel({ shop }: AdminContext) {
  if (shop.webPixel) return pixelView(shop.webPixel);
  throw new GraphQLError("No web pixel was found for this app.", {
    extensions: { code: "RESOURCE_NOT_FOUND" },
  });
}

export function webPixelCreate({ state, shop }: AdminContext, { webPixel }: PixelInput) {
  if (shop.webPixel) return refusal("TAKEN", "Web pixel is taken.");
  const settings = readSettings(webPixel.settings);
  if (!settings) return refusal("INVALID_SETTINGS", "Settings do not match their definition.");
  shop.webPixel = { id: globalId("WebPixel", takeId(state)), settings };
  return { webPixel: pixelView(shop.webPixel), userErrors: [] };
}

export function webPixelUpdate({ shop }: AdminContext, input: PixelInput & { id: string }) {
  if (shop.webPixel?.id !== input.id) return refusal("NOT_FOUND", "Pixel not found.");
  const settings = readSettings(input.webPixel.settings);
  if (!settings) return refusal("INVALID_SETTINGS", "Settings do not match their definition.");
  shop.webPixel = { ...shop.webPixel, settings };
  return { webPixel: pixelView(shop.webPixel), userErrors: [] };
}

function pixelView({ id, settings }: WebPixel) {
  return { id, settings: JSON.stringify(settings) };
}

function refusal(code: string, message: string) {
  return { webPixel: null, userErrors: [{ code, field: ["webPixel"], message }] };
}

/** As the pixel's toml defines them: an endpoint that is not empty, and nothing else. */
function readSettings(given: unknown): Record<string, string> | null {
  const settings = (typeof given === "string" ? JSON.parse(given) : given) as object;
  const { endpoint, ...others } = settings as Record<string, unknown>;
  const isDefined = typeof endpoint === "string" && endpoint !== "";
  return isDefined && Object.keys(others).length === 0 ? { endpoint } : null;
}
