import { randomUUID } from "node:crypto";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { discountWith } from "#test/core/given/drift.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld } from "#test/support/world.ts";

type Route = (args: LoaderFunctionArgs) => unknown;

test("a discount is edited, told what is wrong, deactivated, and deleted by a batch", async () => {
  const world = await createWorld({ startsAt: new Date() });
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  await loadApp(world);
  const page = await import("#app/routes/app.discounts.$discountId.tsx");
  const edit = await import("#app/routes/app.discounts_.$discountId.edit.tsx");
  const segments = await import("#app/routes/app.segments.tsx");
  const ask = (route: Route, form?: Record<string, string>, id = discountId) => {
    // A session token is signed by the wall clock, which a slow run lets get ahead.
    world.clock.passTo(new Date());
    const request = adminRequest(world, world.domain, "/app?search=vip", form);
    return callRoute(route, request, { discountId: id });
  };
  const inShopify = () => discountWith(world, "ANNA10");

  expect(await (await ask(edit.loader)).json()).toMatchObject({
    start: { valueKind: "percentage", value: "10", combines: true, itemsKind: "all" },
    hasBegun: true,
  });
  expect((await ask(edit.loader, undefined, randomUUID())).status).toBe(404);
  const form = { title: "Spring", valueKind: "amount-each", value: "5", minimumKind: "quantity" };
  const save = async (fields: Record<string, string>) => {
    const { start } = (await (await ask(edit.loader)).json()) as { start: unknown };
    return ask(edit.action, { ...form, ...fields, opened: JSON.stringify(start) });
  };
  const unread = await ask(edit.action, { ...form, opened: "{" });
  expect((await unread.json()) as unknown).toMatchObject({ ok: false, fields: [] });
  const wrong = await save({ minimum: "two" });
  expect(wrong.status).toBe(422);
  expect(await wrong.json()).toMatchObject({ fields: [{ field: "minimum" }] });
  const right = await save({ minimum: "2", itemId: "none" });
  expect(right.headers.get("location")).toBe(`/app/discounts/${discountId}?saved=terms`);
  expect(inShopify()).toMatchObject({
    title: "Spring",
    value: { kind: "amount", minor: 500, onEachItem: true },
    minimum: { kind: "quantity", quantity: 2 },
  });
  const moved = await save({ endsOn: "2040-01-31" });
  expect(moved.headers.get("location")).toMatch(/saved=end$/);

  expect(await (await ask(page.action, { intent: "deactivate" })).json()).toEqual({
    done: "Deactivated",
    batchId: null,
  });
  expect(await (await ask(page.loader)).json()).toMatchObject({
    terms: { phase: "deactivated", value: "$5.00 off each item", minimum: "None" },
    life: { canEdit: true },
  });
  await ask(page.action, { intent: "activate" });
  // The end it had before, at the end of that day in the shop's time zone.
  expect(inShopify().endsAt).toEqual(new Date("2040-02-01T05:00:00Z"));
  expect(await (await ask(segments.loader)).json()).toMatchObject({ ok: false, needsScope: true });

  await world.drain();
  const deleted = await ask(page.action, { intent: "delete" });
  expect(deleted.headers.get("location")).toMatch(/^\/app\/batches\//);
  expect(await (await ask(page.loader)).json()).toMatchObject({
    terms: { phase: "deleted" },
    life: { canEdit: false, isDeleted: true },
  });
  const gone = await ask(edit.loader);
  expect(gone.headers.get("location")).toBe(`/app/discounts/${discountId}`);
  const refused = await ask(page.action, { intent: "activate" });
  expect(await refused.json()).toEqual({ refused: "Shopify does not have this discount." });
});
