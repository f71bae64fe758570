import type { FrameLocator, Page } from "playwright-core";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";

/** The app as a merchant sees it: a page of the admin with the app in its frame. */
export interface EmbeddedApp {
  page: Page;
  inApp: FrameLocator;
  /** Goes to a page of the app by its own path: "/app/orders". */
  open(path: string): Promise<void>;
}

export function embeddedApp(page: Page, { frame, shop }: DemoWorld): EmbeddedApp {
  const handle = shop.domain.replace(".myshopify.com", "");
  const inApp = page.frameLocator("#app-iframe");
  return {
    page,
    inApp,
    async open(path) {
      await page.goto(`${frame.url}/store/${handle}/apps/partner-codes${path}`);
      await inApp
        .locator(".Polaris-Page")
        .waitFor()
        .catch(async (error: unknown) => {
          throw new Error(`${path} never came; the page holds:\n${await whatItHolds(page)}`, {
            cause: error,
          });
        });
    },
  };
}

async function whatItHolds(page: Page): Promise<string> {
  const frames = page.frames().map(async (frame) => {
    const text = await frame.locator("html").innerText({ timeout: 5_000 });
    return `${frame.url().split("?")[0]}: ${text}`;
  });
  const said = await Promise.allSettled(frames);
  return said
    .map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)))
    .join("\n");
}
