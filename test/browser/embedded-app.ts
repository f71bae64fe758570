import type { FrameLocator, Page } from "playwright-core";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { whatItHolds } from "./what-was-seen.ts";

/** The app as a merchant sees it: a page of the admin with the app in its frame. */
export interface EmbeddedApp {
  page: Page;
  inApp: FrameLocator;
  /** Goes to a page of the app by its own path, "/app/orders"; ends when it takes input. */
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
        .locator(".Polaris-Page:not([inert] *)")
        .waitFor()
        .catch(async (error: unknown) => {
          throw new Error(`${path} never came; the page holds:\n${await whatItHolds(page)}`, {
            cause: error,
          });
        });
    },
  };
}
