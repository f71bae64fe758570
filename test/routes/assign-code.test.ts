import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { isoDay } from "#app/components/iso-day.server.ts";
import { oldestReportable } from "#app/core/conversions/reporting-limit.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { standingOf } from "#test/core/given/world-with-codes.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { createWorld } from "#test/support/world.ts";

test("a code without a partner is listed, previewed, and assigned with its past orders", async () => {
  const world = await createWorld({ startsAt: new Date() });
  await setUpProgram(world);
  makeInShopify(world, "PODCAST15", "Podcast");
  const orderId = await buyAndDeliver(world, { codes: ["PODCAST15"] });
  await loadApp(world);
  const list = await import("#app/routes/app.codes.notices.tsx");
  const assign = await import("#app/routes/app.codes.assign.tsx");
  const read = async (route: typeof list.loader | typeof assign.loader, path: string) =>
    (await callRoute(route, adminRequest(world, world.domain, path))).json() as Promise<unknown>;

  expect(await read(list.loader, "/app/codes/notices?of=all")).toMatchObject({
    rows: [{ code: "PODCAST15", orders: 1, worth: "$62.10" }],
  });
  expect(await read(assign.loader, "/app/codes/assign?code=podcast15")).toMatchObject({
    code: "PODCAST15",
    partner: null,
    since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
    earliest: isoDay(oldestReportable(world.clock.now()), "America/New_York"),
    today: isoDay(world.clock.now(), "America/New_York"),
    preview: null,
    warning: null,
  });
  const asked = "/app/codes/assign?code=PODCAST15&partner=10001";
  expect(await read(assign.loader, asked)).toMatchObject({
    partner: { name: "Anna Able" },
    preview: { earning: 1, worth: "$62.10", rows: [{ effect: "Will be reported" }] },
    warning: expect.stringMatching(/^PODCAST15 is made of words and numbers/) as string,
  });

  const form = { code: "PODCAST15", partner: "10001", since: "" };
  const post = (fields: Record<string, string>) =>
    callRoute(assign.action, adminRequest(world, world.domain, "/app/codes/assign", fields));
  const refused = await post({ ...form, partner: "424242" });
  expect(await refused.json()).toMatchObject({
    problem: expect.stringMatching(/no such partner/) as string,
  });
  expect(await (await post(form)).json()).toMatchObject({
    done: "PODCAST15 is assigned. Its orders are on their way.",
  });
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect(await read(list.loader, "/app/codes/notices?of=nobodys")).toMatchObject({ rows: [] });
  expect((await post({ code: "", partner: "" })).status).toBe(400);

  // The Ledger starts only what its buttons ask for.
  const { action } = await import("#app/routes/app.ledger.tsx");
  const check = (intent: string, fields: Record<string, string> = {}) =>
    callRoute(action, adminRequest(world, world.domain, "/app/ledger", { intent, ...fields }));
  expect((await check("nonsense")).status).toBe(400);
  expect((await check("orders")).status).toBe(200);
  const past = { impactOrderId: orderId, kind: "other-amount" };
  const seen = { seenBy: randomUUID(), foundAt: world.clock.now() };
  await world.prisma.difference.create({ data: { shop: world.domain, ...past, ...seen } });
  expect((await check("dismiss", { ...past, kind: "nonsense" })).status).toBe(400);
  expect((await check("dismiss", past)).status).toBe(200);
  expect(await world.prisma.difference.count()).toBe(0);
});
