import { expect, test } from "vitest";
import { failedSince } from "#app/core/orders/delivery.ts";
import { standingOf } from "#test/core/given/world-with-codes.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver, deliver, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const PATH = "/app/problems";

async function worldOfProblems(): Promise<World> {
  const world = await createWorld({ startsAt: new Date() });
  await setUpProgram(world);
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  return world;
}

test("the Problems page says what failed and tries it again: one, all of a reason, all", async () => {
  const world = await worldOfProblems();
  await loadApp(world);
  const { loader, action } = await import("#app/routes/app.problems.tsx");
  const read = async () =>
    (await callRoute(loader, adminRequest(world, world.domain, PATH))).json() as Promise<unknown>;
  const post = (form: Record<string, string>) =>
    callRoute(action, adminRequest(world, world.domain, PATH, form));
  expect(await read()).toMatchObject({ groups: [], codes: [], batches: [], deliveries: [] });

  const { contracts } = world.account;
  world.account.contracts = [];
  const orderIds = [];
  for (let nth = 0; nth < 3; nth += 1) {
    orderIds.push(await buyAndDeliver(world, { codes: ["ANNA10"] }));
  }
  const [first] = orderIds;
  if (!first) throw new Error("no order");
  expect(await read()).toMatchObject({
    retryable: 3,
    groups: [
      {
        title: "impact.com credited nobody",
        orders: 3,
        worth: "$186.30",
        stake: null,
        retryable: 3,
        rows: [{ canRetry: true }, { canRetry: true }, { canRetry: true }],
      },
    ],
  });
  const { problems } = (await (
    await callRoute(
      (await import("#app/routes/app.tsx")).loader,
      adminRequest(world, world.domain, "/app"),
    )
  ).json()) as { problems: number };
  expect(problems).toBe(3);

  world.account.contracts = contracts;
  const one = await post({ intent: "retry-order", orderId: first });
  expect(await one.json()).toEqual({ done: "Trying it again" });
  await world.drain();
  expect(await standingOf(world, first)).toMatchObject({ reason: "credited" });

  const two = await post({ intent: "retry-reason", reason: "not-credited" });
  expect(await two.json()).toEqual({ done: "Trying 2 orders again" });
  await world.drain();
  const none = await post({ intent: "retry-all" });
  expect(await none.json()).toEqual({ done: "Nothing is left to try again" });
  expect(await read()).toMatchObject({ groups: [] });

  // A delivery that can't be read, and whose order nothing else brought.
  await deliver(world, webhookFor(world, "{}"));
  await world.drain();
  expect(await read()).toMatchObject({ deliveries: [{ topic: "orders/create", orderId: null }] });
  const since = failedSince(world.clock.now());
  const [lost] = await world.ports.store.problems.listLostDeliveries(world.domain, {
    since,
    limit: 1,
  });
  const asked = await post({ intent: "fetch-order", deliveryId: lost?.id ?? "" });
  expect(await asked.json()).toEqual({ problem: "That delivery names no order." });

  for (const form of [{ intent: "retry-order", orderId: "x" }, { intent: "nonsense" }, {}]) {
    expect((await post(form as Record<string, string>)).status).toBe(400);
  }
});
