import { expect, test } from "vitest";
import { success } from "#app/core/result.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** An order that was sent; impact.com takes `delay` to decide. */
async function sentOrder(delay: number) {
  const world = await worldWithCodes();
  world.impactState.rules.submissionDelayMs = delay;
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  return { world, orderId: orderIdOf(order) };
}

test("an outcome that can't be asked says why on its order, until it is known", async () => {
  const { world, orderId } = await sentOrder(0);
  world.impact.faults.failNext(3, 503, ({ path }) => path.includes("/APISubmissions/"));
  await world.drain(MINUTE / 2);
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "waiting", reason: "outcome-pending" });
  expect(standing?.sentence).toMatch(/could not be reached/);
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect((await standingOf(world, orderId))?.sentence).not.toMatch(/could not be reached/);
});

test("what impact.com has not decided within 90 days fails with what to do", async () => {
  const { world, orderId } = await sentOrder(400 * DAY);
  world.clock.pass(91 * DAY);
  await world.drain(DAY);
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "not-credited" });
  expect(standing?.sentence).toMatch(/Look the order up at impact\.com/);
});

test("what impact.com has credited is credited after 90 days, whatever it says of the submission", async () => {
  const { world, orderId } = await sentOrder(0);
  const queued = { state: "queued" as const, errorType: null, partnerId: null, completedAt: null };
  world.ports.impact.readSubmission = () => Promise.resolve(success({ ...queued, reasons: [] }));
  world.clock.pass(91 * DAY);
  await world.drain(DAY);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("an order whose account never came back ends after 90 days, and waits with the reason before", async () => {
  const { world, orderId } = await sentOrder(400 * DAY);
  await world.ports.store.connections.remove(world.domain);
  await world.drain(MINUTE);
  const waiting = await standingOf(world, orderId);
  expect(waiting).toMatchObject({ reason: "outcome-pending" });
  expect(waiting?.sentence).toMatch(/Connect that account again/);
  world.clock.pass(91 * DAY);
  await world.drain(DAY);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-credited" });
});
