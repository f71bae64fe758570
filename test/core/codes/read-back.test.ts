import { expect, test } from "vitest";
import { inShort, listDifferences } from "#test/core/given/check-codes-now.ts";
import { drawn, familyWorld } from "#test/core/given/family-world.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

const OTHERWISE = {
  "another partner's": { partnerId: "10002" },
  "another policy": { creditPolicy: "INVOLVED" },
  "an earlier end": { endsAt: new Date("2100-01-01T00:00:00Z") },
  "another code": { code: "ANNA1O" },
  "an inactive one": { isInactive: true },
  "a single code": { type: "LI" },
};
type Becomes = "nothing" | keyof typeof OTHERWISE;

/** impact.com answers every registration with an id, and what stands there then is another story. */
function letImpactLie(world: World, becomes: Becomes): void {
  const { impact } = world.ports;
  const register = impact.registerPromoCode;
  impact.registerPromoCode = async (...asked) => {
    const answer = await register(...asked);
    const made = world.account.promoCodes.at(-1);
    if (becomes === "nothing") world.account.promoCodes.pop();
    else if (made) Object.assign(made, OTHERWISE[becomes]);
    return answer;
  };
  const read = impact.readPromoCode;
  // Reading takes a while, so that the check begins after the registration.
  impact.readPromoCode = (...asked) => {
    world.clock.pass(1_000);
    return read(...asked);
  };
}

test.each([
  ["nothing", ["missing-at-impact", "ANNA10"]],
  ["another partner's", ["other-partner-there", "ANNA10"]],
  ["another policy", ["registered-otherwise", "ANNA10"]],
  ["an earlier end", ["ends-differ", "ANNA10"]],
  ["an inactive one", ["ends-differ", "ANNA10"]],
  ["another code", ["missing-at-impact", "ANNA10"], ["only-at-impact", "ANNA1O"]],
] as const)(
  "a single code that impact.com has answered is read, and is a difference where %s stands there",
  async (becomes, ...differences) => {
    const world = await createWorld();
    await setUpProgram(world);
    letImpactLie(world, becomes);
    await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
    await world.drain();
    expect(inShort(await listDifferences(world))).toEqual(differences);
  },
);

test.each<Becomes>(["nothing", "a single code"])(
  "the family of a few codes is read too, and lost where %s stands there",
  async (becomes) => {
    const { world, discountId } = await familyWorld();
    letImpactLie(world, becomes);
    await drawn(world, discountId, { codesEach: "2" });
    await world.drain();
    const lost = inShort(await listDifferences(world)).filter(([kind]) => kind === "family-lost");
    expect(lost).toEqual([
      ["family-lost", "ANNA10-******"],
      ["family-lost", "BEN10-******"],
    ]);
  },
);

test("what could not be read for the hour's limit is read when it has passed, and nothing is registered twice", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  const reading = ({ method, path }: { method: string; path: string }) =>
    method === "GET" && /PromoCodes\/[^/]+$/.test(path);
  world.impact.faults.failNext(2, 429, reading);
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  const { requests } = world.impact;
  expect(requests.filter(reading).map(({ outcome }) => outcome)).toEqual([429, 429, 200]);
  expect(requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  expect(await listDifferences(world)).toEqual([]);
});
