import { z } from "zod";
import type { Shopify, ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { WEB_PIXEL, WEB_PIXEL_CREATE, WEB_PIXEL_UPDATE } from "./documents/web-pixel.ts";

/** Documented as a JSON value, and shown in examples as a string of JSON: either is read. */
const settings = z
  .union([z.string().transform(parsed), z.looseObject({})])
  .pipe(z.looseObject({ endpoint: z.string().nullish() }));
const pixelData = z.object({
  webPixel: z.object({ id: z.string(), settings }).nullable(),
});
const saved = z.object({
  webPixel: z.object({ id: z.string() }).nullable(),
  userErrors: z.array(z.object({ code: z.string().nullable(), message: z.string() })),
});
const savedData = z.union([
  z.object({ webPixelCreate: saved }).transform((data) => data.webPixelCreate),
  z.object({ webPixelUpdate: saved }).transform((data) => data.webPixelUpdate),
]);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** The app's web pixel in a shop. */
export function createPixelCalls(client: AdminClient): Pick<Shopify, "readPixel" | "savePixel"> {
  return {
    async readPixel(shop) {
      const answer = await client.request(shop, WEB_PIXEL, {}, pixelData);
      if (!answer.ok) return isNone(answer.problem) ? success(null) : answer;
      const pixel = answer.value.webPixel;
      return success(pixel && { id: pixel.id, endpoint: pixel.settings.endpoint ?? null });
    },

    async savePixel(shop, { id, endpoint }) {
      const webPixel = { settings: JSON.stringify({ endpoint }) };
      const document = id === null ? WEB_PIXEL_CREATE : WEB_PIXEL_UPDATE;
      const variables = id === null ? { webPixel } : { id, webPixel };
      const answer = await client.request(shop, document, variables, savedData);
      if (!answer.ok) return answer;
      const { userErrors } = answer.value;
      return userErrors.length === 0 ? success(undefined) : failure(refused(userErrors));
    },
  };
}

/** Where the app has no pixel in the shop Shopify answers with an error. */
function isNone({ kind, cause }: ShopifyProblem): boolean {
  return kind === "refused" && /RESOURCE_NOT_FOUND|No web pixel/i.test(cause ?? "");
}

function refused(userErrors: { message: string }[]): ShopifyProblem {
  const cause = userErrors.map(({ message }) => message).join("; ");
  const message = `Shopify did not turn the pixel on: ${cause}`;
  return { kind: "refused", retry: "never", message, cause };
}
