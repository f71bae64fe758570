import { expect, test } from "vitest";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { drawn, familyWorld } from "#test/core/given/family-world.ts";
import { liveCodes } from "#test/core/given/live-codes.ts";
import { addSecondProgram } from "#test/core/given/second-program.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** Once impact.com has answered that call the first time, the merchant chooses the second program. */
function chooseAfter(world: World, call: "registerPromoCode" | "listPromoCodes"): void {
  const { impact } = world.ports;
  let isChosen = false;
  const watched = (calls: typeof impact): typeof impact => ({
    ...calls,
    [call]: async (...given: never[]) => {
      const answer: unknown = await (calls[call] as (...all: never[]) => unknown)(...given);
      if (!isChosen) {
        isChosen = true;
        await chooseSecond(world);
      }
      return answer;
    },
    ofMany: () => watched(impact.ofMany()),
  });
  world.ports.impact = watched(impact);
}

async function chooseSecond({ ports, domain: shop }: World): Promise<void> {
  const choice = { shop, programId: "2000", eventTypeId: "5000" };
  expect(await chooseProgram(ports, choice)).toMatchObject({ ok: true });
}

const inSecond = ({ account }: World) =>
  account.promoCodes.flatMap(({ programId, code }) => (programId === "2000" ? [code] : []));

test("a program is chosen while a code is registered in the one before: it is registered in the new one", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  addSecondProgram(world);
  chooseAfter(world, "registerPromoCode");
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  expect(inSecond(world)).toEqual(["ANNA10"]);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10001" });
});

test("a program is chosen while a family is registered in the one before: it is registered in the new one", async () => {
  const { world, discountId } = await familyWorld();
  addSecondProgram(world);
  chooseAfter(world, "registerPromoCode");
  await drawn(world, discountId);
  await world.drain();
  expect(inSecond(world).toSorted()).toEqual([
    "ANNASOWN",
    expect.stringContaining("ANNA10-"),
    expect.stringContaining("BEN10-"),
  ]);
});

test("a program is chosen while the list of the one before is read: what stands there is not taken over", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  addSecondProgram(world);
  world.impactState.rules.requestsPerHour = 100_000;
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  const codeIds = await liveCodes(world, 110);
  await world.ports.store.queue.send("register-codes", { shop: world.domain, codeIds });
  await world.drain();
  await disconnectImpact(world.ports, world.domain);
  await world.drain();
  chooseAfter(world, "listPromoCodes");
  await setUpProgram(world);
  expect(inSecond(world)).toHaveLength(111);
});
