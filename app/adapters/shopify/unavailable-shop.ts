import { HttpResponseError } from "@shopify/shopify-api";
import { z } from "zod";

/** Of a failed Admin call the library hands on the answer unread; of a failed renewal, what it said. */
const unreadBody = z.object({ errors: z.object({ response: z.instanceof(Response) }) });

/**
 * A 403 of the Admin API is a closed shop's too, and only its text tells it from a scope that is
 * missing: https://github.com/orbit-apps/elixir-shopifyapi/pull/382.
 */
export async function isUnavailableShop(error: unknown): Promise<boolean> {
  if (!(error instanceof HttpResponseError)) return false;
  const { code, body } = (error as HttpResponseError).response;
  if (code !== 403) return false;
  const unread = unreadBody.safeParse(body);
  const said = unread.success ? await textOf(unread.data.errors.response) : JSON.stringify(body);
  return /unavailable shop/i.test(said);
}

/** What broke off says nothing. */
async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch {
    return "";
  }
}
