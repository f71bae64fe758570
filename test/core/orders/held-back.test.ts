import { expect, test } from "vitest";
import type { OrderId } from "#app/core/ids.ts";
import { problemsView } from "#app/components/problems/problems-view.server.ts";
import { countProblems, listProblems } from "#app/core/orders/list-problems.ts";
import { readHome } from "#app/core/reports/read-home.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

async function bought(world: World): Promise<OrderId> {
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  return orderIdOf(order);
}

async function problemsOf({ ports, domain: shop }: World) {
  const { groups, retryable } = problemsView(await listProblems(ports, shop), { timeZone: "UTC" });
  const counted = [await countProblems(ports, shop), (await readHome(ports, shop)).problems];
  return { groups, retryable, counted };
}

test("orders that Shopify has held back for three days are on Problems with what to do, until they go out", async () => {
  const world = await worldWithCodes();
  world.uninstall();
  const orderId = await bought(world);
  await world.drain(2.5 * DAY_MS);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "trying-again" });
  expect(await problemsOf(world)).toEqual({ groups: [], retryable: 0, counted: [0, 0] });
  await world.drain(DAY_MS);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "waiting" });
  expect(await problemsOf(world)).toMatchObject({
    groups: [
      {
        ...{ reason: "trying-again", orders: 1, retryable: 0 },
        nextStep: expect.stringMatching(/^Open the app in Shopify admin once/) as string,
        allUrl: "/app/orders?state=waiting&reason=trying-again",
        rows: [
          {
            ...{ id: orderId, canRetry: false },
            why: expect.stringMatching(/Shopify doesn't let the app in/) as string,
          },
        ],
      },
    ],
    ...{ retryable: 0, counted: [1, 1] },
  });
  world.install();
  await world.drain(DAY_MS);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect(await problemsOf(world)).toEqual({ groups: [], retryable: 0, counted: [0, 0] });
});

test("orders that wait for impact.com for days are no problem of the merchant's", async () => {
  const world = await worldWithCodes();
  world.impact.faults.failNext(500, 503, ({ path }) => path.endsWith("/Conversions"));
  await bought(world);
  await world.drain(4 * DAY_MS);
  expect(await problemsOf(world)).toEqual({ groups: [], retryable: 0, counted: [0, 0] });
});
