import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** A shop with a program and a partner's code, with which an order has come. */
export async function shopAtWork(): Promise<World> {
  const world = await createWorld({ startsAt: new Date() });
  await setUpProgram(world);
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  return world;
}
