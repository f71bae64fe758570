import { expect, test } from "vitest";
import { forgetAdoptions } from "#app/adapters/postgres/forget-adoptions.ts";
import { beginToAdopt, discountByHand, readToAdopt } from "#test/core/given/adopting.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { createWorld } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

test("what was read and not adopted is forgotten after a day, what was adopted long after its batch", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  const { prisma, clock } = world;
  const podcast = discountByHand(world, "Podcast", ["A-1", "A-2"]);
  await readToAdopt(world, [podcast], "never taken");
  await beginToAdopt(world, await readToAdopt(world, [podcast], "taken"));
  await world.drain();
  const forget = () => {
    const now = clock.now();
    return forgetAdoptions(prisma, { now, before: new Date(now.getTime() - 90 * DAY_MS) });
  };
  expect(await forget()).toBe(0);
  clock.pass(DAY_MS);
  expect(await forget()).toBe(1);
  expect(await prisma.adoptionCode.count()).toBe(2);
  clock.pass(90 * DAY_MS);
  expect(await forget()).toBe(1);
  expect(await prisma.adoptionCode.count()).toBe(0);
  expect(await prisma.adoptionDiscount.count()).toBe(0);
  expect(await prisma.code.count()).toBe(2);
});
