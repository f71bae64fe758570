import fc from "fast-check";
import { expect, test } from "vitest";
import { BEN, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";

type Event = "order" | "tell" | "reassign" | "time" | "work";

const EVENTS = fc.array(
  fc.constantFrom<Event>("order", "order", "tell", "time", "work", "reassign"),
  { minLength: 6, maxLength: 14 },
);

/** Seconds, minutes, and longer than a lease. */
const PAUSES = [1_000, 20_000, 60_000, 400_000];

// One shop for all runs, with a code of its own for each.
test("whatever comes in whatever order, each order is the partner's who had the code when it was placed", async () => {
  const world = await worldWithCodes();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(EVENTS, fc.infiniteStream(fc.nat(999)), async (events, chance) => {
      runs += 1;
      const code = `RUN${runs}`;
      await makeDiscount(world, draftFor([["10001", code]]));
      await world.drain();
      const draw = (below: number) => (chance.next().value ?? 0) % below;
      const orders: StoredOrder[] = [];
      const untold: StoredOrder[] = [];
      const batches: string[] = [];
      for (const event of events) {
        if (event === "order") {
          const order = buy(world, { codes: [code] });
          orders.push(order);
          untold.push(order);
        }
        if (event === "tell") {
          const [order] = untold.splice(draw(Math.max(1, untold.length)), 1);
          if (order) await deliver(world, webhookFor(world, order));
        }
        if (event === "reassign" && batches.length === 0) {
          const choice = { kind: "reassign", partnerId: BEN } as const;
          batches.push(await startChanging(world, [code], choice));
        }
        if (event === "time") world.clock.pass(PAUSES[draw(PAUSES.length)] ?? 0);
        if (event === "work") await world.drain(1_000);
      }
      for (const order of untold) await deliver(world, webhookFor(world, order));
      await world.drain();
      for (const batchId of batches) {
        expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1 });
      }
      const assignments = await world.prisma.assignment.findMany({
        where: { code: { code } },
      });
      expect(assignments).toHaveLength(1 + batches.length);
      for (const order of orders) {
        const [owner] = assignments.filter(
          ({ startsAt, endsAt }) =>
            startsAt <= placedAt(order) && (endsAt === null || endsAt > placedAt(order)),
        );
        const { partnerId } = await conversionOf(world, orderIdOf(order));
        const paid = world.account.actions.find(({ orderId }) => orderId === order.id);
        expect([partnerId, paid?.partnerId]).toEqual([owner?.partnerId, owner?.partnerId]);
        expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
      }
    }),
    { numRuns: 12 },
  );
}, 300_000);

/** Shopify tells whole seconds. */
function placedAt({ createdAt }: StoredOrder): Date {
  return new Date(Math.floor(createdAt.getTime() / 1_000) * 1_000);
}
