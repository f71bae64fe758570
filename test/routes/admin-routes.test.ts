import type { LoaderFunctionArgs } from "@remix-run/node";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { addShop } from "#test/sandbox/shopify/create-state.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { createWorld } from "#test/support/world.ts";

type RouteFunction = (args: LoaderFunctionArgs) => Promise<unknown>;
interface RouteModule {
  loader?: RouteFunction;
  action?: RouteFunction;
}

/** Some pages lead to themselves first, with a key for their form. */
const PAGE = `/app?draft=${randomUUID()}`;
const OTHER_SHOP = "other-house.myshopify.com";

async function adminRoutes(): Promise<[name: string, route: RouteModule][]> {
  const modules = import.meta.glob<RouteModule>([
    "../../app/routes/app.tsx",
    "../../app/routes/app.*.tsx",
    "../../app/routes/app._*.tsx",
  ]);
  return Promise.all(
    Object.entries(modules).map(async ([file, load]): Promise<[string, RouteModule]> => [
      file.split("/").at(-1) ?? "",
      await load(),
    ]),
  );
}

const OF_THE_FIRST_SHOP = /ANNA10|Anna Able|Tea Ambassadors|IRtestAccount/;

test("admin routes answer only to a session token, and only about its own shop", async () => {
  const world = await createWorld({ startsAt: new Date() });
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await loadApp(world);
  addShop(world.shopifyState, {
    domain: OTHER_SHOP,
    name: "Other House",
    currency: "EUR",
    ianaTimezone: "Europe/Berlin",
    plan: "standard",
    products: [],
  });
  const params = { discountId, orderId };
  const routes = await adminRoutes();
  expect(routes.length).toBeGreaterThan(8);

  for (const [name, { loader, action }] of routes) {
    const answers: [string, number][] = [];
    const ask = async (what: string, run: RouteFunction | undefined, request: Request) => {
      if (run) answers.push([what, (await callRoute(run, request, params)).status]);
    };
    const address = "https://app.example.com/app";
    await ask("loader", loader, new Request(address, { headers: { "user-agent": "Mozilla/5.0" } }));
    const forged = { authorization: "Bearer e30.e30.e30", "user-agent": "Mozilla/5.0" };
    await ask("loader, forged", loader, new Request(address, { headers: forged }));
    const form = {
      method: "POST",
      headers: forged,
      body: new URLSearchParams({ intent: "disconnect" }),
    };
    await ask("action, forged", action, new Request(address, form));
    for (const [what, status] of answers) {
      expect({ name, what, isRefused: status >= 300 }).toEqual({ name, what, isRefused: true });
    }
  }

  // That shop itself does see it all, so its absence below means something.
  const own = await Promise.all(
    routes.map(async ([, { loader }]) =>
      loader
        ? (await callRoute(loader, adminRequest(world, world.domain, PAGE), params)).text()
        : "",
    ),
  );
  expect(own.filter((body) => OF_THE_FIRST_SHOP.test(body)).length).toBeGreaterThan(6);

  const ofOther = (form?: Record<string, string>) => adminRequest(world, OTHER_SHOP, PAGE, form);
  for (const [name, { loader, action }] of routes) {
    const bodies: string[] = [];
    const read = loader && (await callRoute(loader, ofOther(), params));
    if (read) {
      bodies.push(await read.text());
      const isSignedIn = read.status === 200 || read.status === 404;
      expect({ name, status: read.status, isSignedIn }).toMatchObject({ name, isSignedIn: true });
    }
    const intents = ["disconnect", "sync-partners", "choose-program"];
    for (const intent of action ? intents : []) {
      if (action) bodies.push(await (await callRoute(action, ofOther({ intent }), params)).text());
    }
    const said = bodies.join("\n");
    expect({ name, leaks: OF_THE_FIRST_SHOP.test(said) }).toEqual({
      name,
      leaks: false,
    });
  }

  // Nothing the other shop did has changed this one.
  await world.drain();
  const connection = await world.ports.store.connections.find(world.domain);
  expect(connection?.program?.programId).toBe("1000");
  const order = await world.ports.store.orders.find(world.domain, orderId);
  expect(order?.reason).toBe("credited");
});
