import { json, type LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { loadOr } from "#app/components/keep-form.ts";
import type { CodeCheck } from "#app/core/codes/check-codes.ts";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { logError } from "#app/log-error.server.ts";
import { services } from "#app/services.server.ts";

/** For the New discount form: whether one code can be made for one partner, as it is typed. */
export async function loader({ request }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams;
  const partnerId = (query.get("partnerId") ?? "") as PartnerId;
  const code = query.get("code") ?? "";
  try {
    const { shop } = await authenticateShop(request);
    const [check] = await services.checkCodes({ shop, codes: [{ partnerId, code }] });
    return json<CodeCheck | null>(check ?? null);
  } catch (error) {
    // An expired session's answer is the library's; an outage must not take the typed form away.
    if (error instanceof Response) throw error;
    logError("a code could not be checked", error);
    return json<CodeCheck>(notChecked(partnerId, code));
  }
}

/** Neither must a lost connection. */
export function clientLoader(args: ClientLoaderFunctionArgs) {
  const query = new URL(args.request.url).searchParams;
  const partnerId = (query.get("partnerId") ?? "") as PartnerId;
  return loadOr(args, notChecked(partnerId, query.get("code") ?? ""));
}

function notChecked(partnerId: PartnerId, text: string): CodeCheck {
  const code = normalizeCode(text);
  const problem = `${code} could not be checked just now. Try again in a minute.`;
  return { partnerId, code, problem, warning: null };
}

// Each field asks for itself when its code changes.
export const shouldRevalidate = () => false;
