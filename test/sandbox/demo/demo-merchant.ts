import type { z } from "zod";
import { signSessionToken } from "#test/sandbox/shopify/admin/sign-session-token.ts";
import type { Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";

const PATIENCE_MS = 60_000;
const BROWSER = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";

/** Uses the app of one shop as its pages do: over HTTP, with session tokens that Shopify would issue. */
export interface DemoMerchant {
  /** Opens the app in the admin for the first time, which installs it. */
  openApp(): Promise<void>;
  /** Sends a form of that page; gives where it leads, or null where it stays. */
  submit(page: Page, form: [string, string][]): Promise<string | null>;
  /** Sends a file to that page as the body, under a name; gives its answer. */
  sendFile(page: Page, name: string, text: string): Promise<unknown>;
  /** Gives a file's text. */
  download(page: Page): Promise<string>;
  /** Reads a page's data until it is as wanted. */
  waitFor<Schema extends z.ZodType>(page: Page, wanted: Schema): Promise<z.infer<Schema>>;
}

interface Page {
  path: string;
  /** Its route file, which Remix asks for by this id. */
  route: string;
  /** What its address has to name. */
  named?: Record<string, string>;
}

export const pages = {
  impact: { path: "/app/impact", route: "routes/app.impact" },
  newDiscount: (draft: string): Page => ({
    path: "/app/discounts/new",
    route: "routes/app.discounts.new",
    named: { draft },
  }),
  discount: (path: string): Page => ({ path, route: "routes/app.discounts.$discountId" }),
  order: (id: string): Page => ({ path: `/app/orders/${id}`, route: "routes/app.orders.$orderId" }),
};

export function createDemoMerchant(state: ShopifyState, shop: Shop, appUrl: string): DemoMerchant {
  const ask = async (
    { path, route, named }: Page,
    init: RequestInit = {},
    query: Record<string, string> = {},
  ) => {
    const url = `${appUrl}${path}?${new URLSearchParams({ ...named, ...query, _data: route }).toString()}`;
    const headers = {
      authorization: `Bearer ${signSessionToken(state, shop.domain)}`,
      "user-agent": BROWSER,
    };
    return fetch(url, { ...init, headers, redirect: "manual" });
  };
  const demand = async (...asked: Parameters<typeof ask>) => {
    const answer = await ask(...asked);
    if (answer.ok) return answer;
    throw new Error(`${asked[0].path} answered ${answer.status}: ${await answer.text()}`);
  };

  return {
    async openApp() {
      const handle = shop.domain.replace(".myshopify.com", "");
      const query = new URLSearchParams({
        embedded: "1",
        shop: shop.domain,
        host: Buffer.from(`admin.shopify.com/store/${handle}`).toString("base64"),
        id_token: signSessionToken(state, shop.domain),
      });
      const opened = await fetch(`${appUrl}/app?${query.toString()}`, {
        headers: { "user-agent": BROWSER },
        redirect: "manual",
      });
      if (opened.status !== 200) throw new Error(`The app answered ${opened.status} when opened.`);
    },

    async submit(page, form) {
      const { headers } = await demand(page, { method: "POST", body: new URLSearchParams(form) });
      return headers.get("x-remix-redirect") ?? headers.get("location");
    },

    async sendFile(page, name, text) {
      const answer = await demand(page, { method: "POST", body: text }, { name });
      return (await answer.json()) as unknown;
    },

    async download(page) {
      return (await demand(page)).text();
    },

    async waitFor(page, wanted) {
      let seen: unknown = null;
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
        // A connection that was kept open may end just as it is used again.
        const answer = await ask(page).catch(() => null);
        // An order's page is not there before its webhook has come.
        seen = answer?.ok ? await answer.json() : null;
        const parsed = wanted.safeParse(seen);
        if (parsed.success) return parsed.data;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      throw new Error(`${page.path} never became as wanted. Last: ${JSON.stringify(seen)}`);
    },
  };
}

/** The New discount form as the page offers it, filled in: a percentage off, combinable, without end. */
export function discountForm(
  offered: { draftKey: string; start: { startsOn: string } },
  title: string,
  percentage: string,
  codes: [partnerId: string, code: string][],
): [string, string][] {
  return [
    ["draftKey", offered.draftKey],
    ["title", title],
    ["valueKind", "percentage"],
    ["value", percentage],
    ["startsOn", offered.start.startsOn],
    ["endsOn", ""],
    ["usageLimit", ""],
    ["minimum", ""],
    ["combines", "on"],
    ...codes.flatMap(([partnerId, code]): [string, string][] => [
      ["partnerId", partnerId],
      ["code", code],
    ]),
  ];
}
