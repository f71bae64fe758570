import { expect, test } from "vitest";
import { inShort, listDifferences } from "#test/core/given/check-codes-now.ts";
import { drawn, familyWorld } from "#test/core/given/family-world.ts";
import { liveCodes } from "#test/core/given/live-codes.ts";
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

type Request = { method: string; path: string };
const oneByOne = ({ method, path }: Request) => method === "GET" && /PromoCodes\/[^/]+$/.test(path);

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
  world.impact.faults.failNext(2, 429, oneByOne);
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  const { requests } = world.impact;
  expect(requests.filter(oneByOne).map(({ outcome }) => outcome)).toEqual([429, 429, 200]);
  expect(requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  expect(await listDifferences(world)).toEqual([]);
});

/** Registers that many, the last of which becomes another partner's there; then something happens. */
function letLastLie(world: World, count: number, then: () => void): void {
  const { impact } = world.ports;
  const [register, read] = [impact.registerPromoCode, impact.readPromoCode];
  let registered = 0;
  impact.registerPromoCode = async (...asked) => {
    const answer = await register(...asked);
    registered += 1;
    if (registered !== count) return answer;
    Object.assign(world.account.promoCodes.at(-1) ?? {}, OTHERWISE["another partner's"]);
    then();
    return answer;
  };
  impact.readPromoCode = (...asked) => (world.clock.pass(1_000), read(...asked));
}

const HOUR = 3_600_000;

test.each([
  ["the hour's limit", ({ impact }: World) => impact.faults.rateLimitNext(1)],
  ["an outage", ({ impact }: World) => impact.faults.failNext(1, 503)],
  ["the end of its turn", ({ clock }: World) => clock.pass(61_000)],
])("what a list of codes had registered before %s is read with the rest of it", async (_, then) => {
  const world = await createWorld();
  await setUpProgram(world);
  letLastLie(world, 2, () => then(world));
  const codes = ["ANNA", "ANNB", "ANNC", "ANND"];
  await makeDiscount(world, draftFor(codes.map((code) => ["10001", code])));
  await world.drain(2 * HOUR);
  expect(world.account.promoCodes).toHaveLength(4);
  expect(inShort(await listDifferences(world))).toHaveLength(1);
});

test("what a list of families had registered before the hour's limit is read with the rest of it", async () => {
  const { world, discountId } = await familyWorld();
  letLastLie(world, 1, () => world.impact.faults.rateLimitNext(1));
  await drawn(world, discountId, { codesEach: "2" });
  await world.drain(2 * HOUR);
  const differences = inShort(await listDifferences(world));
  expect(differences.filter(([kind]) => kind.startsWith("family"))).toHaveLength(1);
});

test("a list that is put off again and again reads each of its codes once", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  world.impactState.rules.requestsPerHour = 20;
  const codeIds = await liveCodes(world, 40);
  await world.ports.store.queue.send("register-codes", { shop: world.domain, codeIds });
  await world.drain();
  const read = world.impact.requests.filter((one) => oneByOne(one) && one.outcome === 200);
  expect(read).toHaveLength(40);
  expect(new Set(read.map(({ path }) => path)).size).toBe(40);
});

test("a large batch whose last code impact.com does not answer at first is read once that is registered", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  world.impactState.rules.requestsPerHour = 100_000;
  const codeIds = await liveCodes(world, 100);
  const list = { shop: world.domain, codeIds, turn: 0 };
  await world.ports.store.queue.send("register-codes", list, { turn: 0 });
  letLastLie(world, 99, () => world.impact.faults.failNext(1, 503));
  await world.drain(2 * HOUR);
  expect(world.account.promoCodes).toHaveLength(100);
  expect(await world.prisma.reconciliation.count({ where: { kind: "codes" } })).toBe(1);
});
