import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { registerCode } from "#app/core/codes/register-code.ts";
import { sendConversions } from "#app/core/conversions/send-conversion.ts";
import { codeOf, conversionOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** An order with Anna's code, which impact.com could not be told of yet. */
async function waitingOrder() {
  const world = await createWorld();
  await setUpProgram(world);
  const registering = ({ method, path }: { method: string; path: string }) =>
    method === "POST" && path.endsWith("/PromoCodes");
  world.impact.faults.failNext(1, 503, registering);
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain(0);
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  return { world, orderId: orderIdOf(order) };
}

async function somebodyWaitsForALock({ prisma }: World): Promise<void> {
  for (;;) {
    const [row] = await prisma.$queryRaw<{ waits: boolean }[]>`
      SELECT EXISTS (SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock') AS waits`;
    if (row?.waits) return;
    await pause(10);
  }
}

test("a conversion is let go while its code's registration is written down: it goes out at once", async () => {
  const { world, orderId } = await waitingOrder();
  const { ports, domain } = world;
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "code-not-registered" });
  const conversionIds = [(await conversionOf(world, orderId)).id];
  const { codes, inTransaction } = ports.store;
  let sending = Promise.resolve();
  const { listCovers } = codes;
  const register = async () => {
    ports.store.inTransaction = (work) =>
      inTransaction(async (tx) => {
        // The sender has read the code before, and lets go of the conversion when all this is written.
        const done = await work(tx);
        letGo();
        await Promise.race([sending, somebodyWaitsForALock(world)]);
        return done;
      });
    await registerCode(ports, { shop: domain, codeId: (await codeOf(world, "ANNA10")).id });
  };
  let letGo = () => undefined as void;
  const mayLetGo = new Promise<void>((resolve) => (letGo = resolve));
  const hasRead = new Promise<void>((resolve) => {
    codes.listCovers = async (...asked) => {
      const read = await listCovers(...asked);
      resolve();
      await mayLetGo;
      return read;
    };
  });
  sending = sendConversions(ports, { shop: domain, conversionIds });
  await hasRead;
  await register();
  await sending;
  codes.listCovers = listCovers;
  ports.store.inTransaction = inTransaction;
  await world.drain(60_000);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "credited" });
});
