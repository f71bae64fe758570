import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { ShopifyState } from "#test/sandbox/shopify/state.ts";
import { createAppTunnel } from "./server/app-tunnel.ts";
import { browserScript } from "./server/browser-script.ts";
import type { FrameSite } from "./server/frame-requests.ts";
import { answerFrameRequest } from "./server/frame-requests.ts";
import { listenOnLoopback } from "./server/listen-on-loopback.ts";

export interface FrameOptions {
  state: ShopifyState;
  /** Where the app listens; a function when that is known only after the app started. */
  target: string | (() => string);
  /** Port of the admin; 0 or none takes a free one. */
  port?: number;
  /** Port of the tunnel in front of the app. */
  tunnelPort?: number;
  app?: { name: string; handle: string };
}

export interface Frame {
  /** The admin: open this. It leads to the app in the first store. */
  url: string;
  /** The tunnel: the app's SHOPIFY_APP_URL. */
  appUrl: string;
  close(): Promise<void>;
}

export async function startFrame(options: FrameOptions): Promise<Frame> {
  const { target } = options;
  const site: FrameSite = {
    state: options.state,
    app: options.app ?? { name: "Partner Codes", handle: "partner-codes" },
    appUrl: () => tunnel.url,
    assets: await assets(),
  };
  const admin = await listenOnLoopback(
    createServer((request, response) => answerFrameRequest(site, request, response)),
    options.port,
  );
  const tunnel = await listenOnLoopback(
    createAppTunnel({
      target: typeof target === "string" ? () => target : target,
      frameOrigin: admin.url,
    }),
    options.tunnelPort,
  );
  return {
    url: admin.url,
    appUrl: tunnel.url,
    async close() {
      await Promise.all([admin.close(), tunnel.close()]);
    },
  };
}

async function assets(): Promise<FrameSite["assets"]> {
  const type = "text/javascript";
  const css = await readFile(new URL("./admin/admin-frame.css", import.meta.url), "utf8");
  return new Map([
    ["/app-bridge.js", { type, body: await browserScript("../app-bridge/app-bridge.ts") }],
    ["/admin-frame.js", { type, body: await browserScript("../admin/admin-frame.ts") }],
    ["/admin-frame.css", { type: "text/css", body: css }],
  ]);
}
