import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";

type Route = (args: LoaderFunctionArgs) => unknown;

const NEXT = /^Connect impact.com and choose a program\. .* From .* on impact.com takes .* no more/;
const words = (pattern: RegExp) => expect.stringMatching(pattern) as string;

test("while impact.com is disconnected, Home, Problems, the ledger, and the order itself say that orders wait for it and until when", async () => {
  const world = await worldWithCodes({ startsAt: new Date() });
  const { ports, domain: shop } = world;
  await disconnectImpact(ports, shop);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await buyAndDeliver(world, { codes: ["BEN10"] });
  await loadApp(world);
  const home = await import("#app/routes/app._index.tsx");
  const problems = await import("#app/routes/app.problems.tsx");
  const ledger = await import("#app/routes/app.ledger.tsx");
  const order = await import("#app/routes/app.orders.$orderId.tsx");
  const frame = await import("#app/routes/app.tsx");
  const read = async (route: { loader: Route }, params: Record<string, string> = {}) => {
    const answer = await callRoute(route.loader, adminRequest(world, shop, "/app"), params);
    return (await answer.json()) as Record<string, unknown>;
  };
  const parts = [{}, { part: "waiting", meaning: "for impact.com to be connected" }, {}, {}];
  const warning = {
    need: "connection",
    headline: words(/^2 orders \(\$124\.20\) have waited since .*: impact.com is not connected\.$/),
    button: "Connect impact.com",
    text: words(NEXT),
  };
  expect(await read(home)).toMatchObject({
    ...{ impactWaits: [warning], problems: 0, ledger: { parts } },
  });
  expect(await read(problems)).toMatchObject({
    impactWaits: [{ ...warning, title: "impact.com is not connected" }],
  });
  expect(await read(frame)).toEqual({ problems: 2 });
  expect(await read(ledger)).toMatchObject({
    ledger: {
      parts,
      reasons: [{ id: "not-connected", label: "Waits for impact.com to be connected" }],
    },
  });
  const page = await read(order, { orderId });
  expect(page).toMatchObject({
    why: words(/It waits until you connect impact.com and choose a program\.$/),
    ...{ nextStep: words(NEXT), connectLabel: "Connect impact.com" },
  });
  expect((page as { timeline: object[] }).timeline.at(-1)).toMatchObject({
    title: "Waits for impact.com to be connected",
  });

  await setUpProgram(world);
  expect(await read(home)).toMatchObject({ impactWaits: [] });
  expect(await read(problems)).toMatchObject({ impactWaits: [] });
  expect(await read(order, { orderId })).toMatchObject({ nextStep: null, connectLabel: null });
});
