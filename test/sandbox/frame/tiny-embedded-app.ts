import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listenOnLoopback } from "./server/listen-on-loopback.ts";

export interface TinyEmbeddedApp extends AsyncDisposable {
  url: string;
  /** Session tokens that came with fetches, already verified, in order. */
  fetchTokens: Record<string, unknown>[];
}

const PAGE = `<!doctype html><html><head>
<script src="https://cdn.shopify.com/shopifycloud/app-bridge.js" data-api-key="sandbox-key"></script>
</head><body>
<ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/orders">Orders</a>
<a href="/app/codes">Codes</a></ui-nav-menu>
<ui-title-bar title="TITLE"><button variant="primary" id="greet">Greet</button>
<button id="edit">Edit</button><button id="ask">Ask</button></ui-title-bar>
<ui-save-bar id="bar"><button variant="primary" id="save">Save</button><button id="discard">
Discard</button></ui-save-bar>
<ui-modal id="modal"><ui-title-bar title="Are you sure?"><button variant="primary" id="sure">Sure
</button></ui-title-bar></ui-modal>
<h1>TITLE</h1><a id="to-orders" href="shopify:admin/orders">Shop orders</a><output></output>
<script>
  const say = (text) => { document.querySelector("output").textContent = text; };
  greet.onclick = async () => say(await (await fetch("/api")).text());
  edit.onclick = () => shopify.saveBar.show("bar");
  save.onclick = () => { shopify.toast.show("Saved"); shopify.saveBar.hide("bar"); };
  ask.onclick = () => { modal.content.textContent = "This deletes it."; modal.show(); };
  sure.onclick = () => { modal.hide(); say("sure"); };
</script></body></html>`;

/** An app as Shopify's library makes it behave, in the least code: token or bounce, CSP, 401. */
export async function tinyEmbeddedApp(apiSecret: string): Promise<TinyEmbeddedApp> {
  const fetchTokens: Record<string, unknown>[] = [];
  let refused = false;

  function answerFetch(request: IncomingMessage, response: ServerResponse): void {
    const claims = verified(request.headers.authorization?.replace("Bearer ", ""), apiSecret);
    fetchTokens.push(claims);
    if (refused) {
      response.end(`hello ${String(claims["dest"])}`);
      return;
    }
    refused = true;
    response.writeHead(401, { "X-Shopify-Retry-Invalid-Session-Request": "1" }).end();
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://tiny.example");
    const token = url.searchParams.get("id_token");
    if (url.pathname === "/api") {
      answerFetch(request, response);
    } else if (url.pathname === "/auth/session-token") {
      page(response, PAGE.slice(0, PAGE.indexOf("</head>")));
    } else if (token === null) {
      const reload = encodeURIComponent(url.pathname + url.search);
      response.writeHead(302, { location: `/auth/session-token?shopify-reload=${reload}` }).end();
    } else {
      verified(token, apiSecret);
      page(response, PAGE.replaceAll("TITLE", `Page ${url.pathname}`));
    }
  });
  const listening = await listenOnLoopback(server);
  return { url: listening.url, fetchTokens, [Symbol.asyncDispose]: () => listening.close() };
}

function page(response: ServerResponse, body: string): void {
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "frame-ancestors https://tea-house.myshopify.com;",
  });
  response.end(body);
}

function verified(token: string | undefined, apiSecret: string): Record<string, unknown> {
  const [header = "", claims = "", signature] = (token ?? "").split(".");
  const expected = createHmac("sha256", apiSecret).update(`${header}.${claims}`);
  if (signature !== expected.digest("base64url")) throw new Error("The session token is forged.");
  return JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>;
}
