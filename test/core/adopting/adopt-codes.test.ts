import { expect, test } from "vitest";
import { adoptCodes } from "#app/core/adopting/adopt-codes.ts";
import { choosePartnersBy } from "#app/core/adopting/choose-partners-by.ts";
import { leftCodesFile, readAdopting } from "#app/core/adopting/read-adopting.ts";
import { readAdoption } from "#app/core/adopting/read-adoption.ts";
import { readFound } from "#app/core/adopting/read-found.ts";
import { takeAdoption } from "#app/core/adopting/take-adoption.ts";
import { switchDiscount } from "#app/core/codes/end-discount.ts";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import { saveReportSettingsNow } from "#test/core/given/just-opened.ts";
import {
  beginToAdopt,
  discountByHand,
  ourCodes,
  readToAdopt,
  verdictsOf,
} from "#test/core/given/adopting.ts";
import { listDifferences } from "#test/core/given/check-codes-now.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { whileTakingIn } from "#test/core/given/taken-in-while.ts";
import {
  codeOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;
const registrationsMade = (world: World) => requestsTo(world, "POST", "/PromoCodes").length;

async function worldToAdoptIn(): Promise<World> {
  const world = await createWorld();
  await setUpProgram(world);
  return world;
}

test("codes that impact.com credits to a partner are adopted with that partner, and registered without being told again", async () => {
  const world = await worldToAdoptIn();
  const podcast = discountByHand(world, "Podcast", ["Anna-1", "BEN-1", "FREE-1"]);
  registerElsewhere(world, "ANNA-1", "10001");
  registerElsewhere(world, "ben-1", "10002");
  const made = registrationsMade(world);
  const adoptionId = await readToAdopt(world, [podcast]);
  expect(await verdictsOf(world, adoptionId)).toEqual({ "assigned impact": 2, nobodys: 1 });
  const batchId = await beginToAdopt(world, adoptionId);
  await world.drain();
  expect(await ourCodes(world)).toEqual([
    "ANNA-1 10001 live registered",
    "BEN-1 10002 live registered",
    "FREE-1 nobody live planned",
  ]);
  expect(registrationsMade(world)).toBe(made);
  const detail = await readAdopting(world.ports, { shop: world.domain, batchId });
  expect(detail?.batch.state).toBe("done");
  expect(detail?.counts).toEqual({
    ...{ all: 3, taken: 3, assigned: 2, nobodys: 1, registered: 2, unregistrable: 0, ended: 0 },
  });
  const [discount] = await world.ports.store.discounts.list(world.domain);
  expect(discount).toMatchObject({
    ...{ title: "Podcast", shopifyId: podcast.id, codes: 3, registered: 2 },
    value: { kind: "percentage", basisPoints: 1_500 },
  });
});

test("codes of a discount that has ended are adopted, and impact.com is told of none until it is activated", async () => {
  const world = await worldToAdoptIn();
  const shop = world.domain;
  const podcast = discountByHand(world, "Podcast", ["ANNA-1", "BEN-1"]);
  const orderId = await buyAndDeliver(world, { codes: ["BEN-1"] });
  const before = world.clock.now();
  world.clock.pass(DAY_MS);
  podcast.endsAt = world.clock.now();
  world.clock.pass(DAY_MS);
  const adoptionId = await readToAdopt(world, [podcast]);
  const by = { kind: "pattern", pattern: "{FIRST}-*" } as const;
  await choosePartnersBy(world.ports, { shop, adoptionId, by });
  await readFound(world.ports, { shop, adoptionId });
  const batchId = await beginToAdopt(world, adoptionId, new Date(before.getTime() - DAY_MS));
  await world.drain();
  // One of them has an order, which impact.com can only credit by a registration.
  expect(await ourCodes(world)).toEqual([
    "ANNA-1 10001 live expired",
    "BEN-1 10002 live registered",
  ]);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect(registrationsMade(world)).toBe(1);
  expect(world.account.promoCodes).toMatchObject([
    { code: "BEN-1", endsAt: expect.any(Date) as Date },
  ]);
  expect((await codeOf(world, "ANNA-1")).impactProblem).toMatch(
    /^It ended before it was registered/,
  );
  const detail = await readAdopting(world.ports, { shop, batchId });
  expect(detail?.counts).toMatchObject({ assigned: 2, registered: 1, unregistrable: 0, ended: 1 });
  expect(await listDifferences(world)).toEqual([]);

  const [ours] = await world.ports.store.discounts.list(shop);
  const asked = { shop, discountId: ours?.id ?? "", to: "active" } as const;
  expect(await switchDiscount(world.ports, asked)).toEqual({ ok: true });
  await world.drain();
  expect((await codeOf(world, "ANNA-1")).impactState).toBe("registered");
});

test("an order with an adopted code earns its partner", async () => {
  const world = await worldToAdoptIn();
  const podcast = discountByHand(world, "Podcast", ["ANNA-1"]);
  registerElsewhere(world, "ANNA-1", "10001");
  await beginToAdopt(world, await readToAdopt(world, [podcast]));
  await world.drain();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA-1"] });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("past orders are previewed, and attributed where the partner has the code from an earlier day on", async () => {
  const world = await worldToAdoptIn();
  const podcast = discountByHand(world, "Podcast", ["ANNA-1", "FREE-1"]);
  registerElsewhere(world, "ANNA-1", "10001");
  const before = world.clock.now();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA-1"] });
  const other = await buyAndDeliver(world, { codes: ["FREE-1"] });
  world.clock.pass(86_400_000);
  const adoptionId = await readToAdopt(world, [podcast]);
  const asked = { shop: world.domain, adoptionId };
  const fromNow = await readAdoption(world.ports, { ...asked, since: null });
  expect(fromNow?.late).toEqual({ orders: 0, worth: [], more: 0 });
  const earlier = await readAdoption(world.ports, { ...asked, since: before });
  const worth = (minor: number) => ({ orders: 1, worth: [{ minor, currency: "USD" }], more: 0 });
  expect(earlier?.late).toEqual(worth(5_865));
  const order = world.shop.orders.find(({ id }) => id === orderId);
  if (!order) throw new Error("no order");
  const lines = [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }];
  await deliverAll(world, staffOf(world).refund(order, { lines }));
  await saveReportSettingsNow(world.ports, {
    shop: world.domain,
    reportWhen: "created",
    amountBasis: "gross",
  });
  await world.drain();
  const refunded = await readAdoption(world.ports, { ...asked, since: before });
  expect(refunded?.late).toEqual(worth(4_900));
  await beginToAdopt(world, adoptionId, before);
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(4_900);
  expect(await standingOf(world, other)).toMatchObject({ reason: "not-a-partner-code" });
});

test("a code that somebody else has at impact.com is refused its partner, with the reason in the file", async () => {
  const world = await worldToAdoptIn();
  const podcast = discountByHand(world, "Podcast", ["ANNA-1", "ANNA-2", "CLEO-1"]);
  registerElsewhere(world, "ANNA-2", "10002");
  const adoptionId = await readToAdopt(world, [podcast]);
  const shop = world.domain;
  const by = { kind: "pattern", pattern: "{FIRST}-*" } as const;
  expect(await choosePartnersBy(world.ports, { shop, adoptionId, by })).toMatchObject({ ok: true });
  await readFound(world.ports, { shop, adoptionId });
  expect(await verdictsOf(world, adoptionId)).toEqual({
    ...{ "assigned pattern": 1, refused: 1, nobodys: 1 },
  });
  await beginToAdopt(world, adoptionId);
  await world.drain();
  expect(await ourCodes(world)).toEqual([
    "ANNA-1 10001 live registered",
    "ANNA-2 nobody live planned",
    "CLEO-1 nobody live planned",
  ]);
  const file = await leftCodesFile(world.ports, { shop, adoptionId });
  expect(file?.split("\r\n").slice(0, 3)).toEqual([
    "Code,Partner,Reason",
    'ANNA-2,,"ANNA-2 is registered to Ben Baker at impact.com. Expire it there first, or let impact.com say whose it is."',
    "CLEO-1,,No partner's name or id stands where {FIRST}-* has it.",
  ]);
});

test("the registrations of a large adoption are read back, though codes of nobody's are among it", async () => {
  const world = await worldToAdoptIn();
  const { ports, domain: shop } = world;
  const free = Array.from({ length: 100 }, (_, index) => `FREE-${index}`);
  const adoptionId = await readToAdopt(world, [
    discountByHand(world, "Podcast", ["ANNA-1", ...free]),
  ]);
  const by = { kind: "pattern", pattern: "{FIRST}-*" } as const;
  await choosePartnersBy(ports, { shop, adoptionId, by });
  await readFound(ports, { shop, adoptionId });
  await beginToAdopt(world, adoptionId);
  const checks = () => ports.store.reconciliations.list(shop, { kind: "codes", limit: 9 });
  expect(await checks()).toEqual([]);
  await world.drain();
  expect(await checks()).toMatchObject([{ state: "finished" }]);
});

test("codes that nobody has are assigned together afterwards, and those that are managed stay as they are", async () => {
  const world = await worldWithCodes();
  const podcast = discountByHand(world, "Podcast", ["BEN-7", "ODD"]);
  await beginToAdopt(world, await readToAdopt(world, [podcast]));
  await world.drain();
  const adoptionId = await readToAdopt(world, { kind: "nobodys" }, "another form");
  const by = { kind: "pattern", pattern: "{PARTNER}-*" } as const;
  await choosePartnersBy(world.ports, { shop: world.domain, adoptionId, by });
  await readFound(world.ports, { shop: world.domain, adoptionId });
  expect(await verdictsOf(world, adoptionId)).toEqual({ "assigned pattern": 1, nobodys: 1 });
  await beginToAdopt(world, adoptionId);
  await world.drain();
  expect(await ourCodes(world)).toEqual([
    "ANNA10 10001 live registered",
    "BEN-7 10002 live registered",
    "BEN10 10002 live registered",
    "ODD nobody live planned",
  ]);
});

test("every discount of the shop is read, and done again nothing is left to adopt", async () => {
  const world = await worldWithCodes();
  for (let number = 1; number <= 60; number += 1) {
    discountByHand(world, `Single ${number}`, [`SINGLE-${100 + number}`]);
  }
  discountByHand(world, "Pair", ["PAIR-1", "PAIR-2"]);
  const every = { kind: "every", search: "" } as const;
  const adoptionId = await readToAdopt(world, every);
  expect(await verdictsOf(world, adoptionId)).toEqual({ managed: 2, nobodys: 62 });
  await beginToAdopt(world, adoptionId);
  await world.drain();
  expect(await world.prisma.code.count()).toBe(64);
  expect(await world.prisma.discount.count()).toBe(62);
  const again = await readToAdopt(world, { kind: "every", search: "single" }, "again");
  expect(await verdictsOf(world, again)).toEqual({ nobodys: 60 });
  const all = await readToAdopt(world, every, "all again");
  await beginToAdopt(world, all);
  await world.drain();
  expect(await world.prisma.code.count()).toBe(64);
});

test.each([
  ["lists short of its own count", Infinity],
  ["lists short, and counts no further than the list", 100],
])("codes that Shopify %s are listed from the other end too", async (_how, countedTo) => {
  const world = await worldToAdoptIn();
  world.shopify.settings.codesAreCountedTo = countedTo;
  const codes = Array.from({ length: 450 }, (_, index) => `CUT-${1_000 + index}`);
  const podcast = discountByHand(world, "Podcast", codes);
  const { listCodes } = world.ports.shopify;
  const shopify: typeof world.ports.shopify = {
    ...world.ports.shopify,
    listCodes: async (...asked) => {
      const answer = await listCodes(...asked);
      if (!answer.ok || !answer.value) return answer;
      return {
        ok: true,
        value: { ...answer.value, codes: answer.value.codes.slice(0, 100), next: null },
      };
    },
  };
  Object.assign(world.ports, { shopify });
  const adoptionId = await readToAdopt(world, [podcast]);
  expect(await verdictsOf(world, adoptionId)).toEqual({ nobodys: 450 });
});

test("where Shopify keeps listing fewer codes than it counts, the preview says of which discount", async () => {
  const world = await worldToAdoptIn();
  const podcast = discountByHand(world, "Podcast", ["ONE", "TWO", "THREE"]);
  const short = { codes: ["ONE"], codesCount: 3, isCounted: true, next: null };
  const answer = { ok: true, value: short };
  const cut = { listCodes: async () => answer, listNewestCodes: async () => answer };
  Object.assign(world.ports, { shopify: { ...world.ports.shopify, ...cut } });
  const adoptionId = await readToAdopt(world, [podcast]);
  const detail = await readAdoption(world.ports, { shop: world.domain, adoptionId, since: null });
  expect(detail?.adoption.state).toBe("checked");
  expect(detail?.discounts.short).toMatchObject([{ title: "Podcast", listed: 1, codesCount: 3 }]);
});

test("a discount that is deleted before its codes are adopted is left out, with the reason", async () => {
  const world = await worldToAdoptIn();
  const gone = discountByHand(world, "Gone", ["GONE-1"]);
  const stays = discountByHand(world, "Stays", ["STAYS-1"]);
  const adoptionId = await readToAdopt(world, [gone, stays]);
  const batchId = await beginToAdopt(world, adoptionId);
  world.shop.discounts.delete(gone.id);
  await world.drain();
  expect(await ourCodes(world)).toEqual(["STAYS-1 nobody live planned"]);
  const detail = await readAdopting(world.ports, { shop: world.domain, batchId });
  expect(detail?.batch.state).toBe("done");
  expect(detail?.left[0]).toEqual({
    code: "GONE-1",
    problem: "Shopify no longer has its discount.",
  });
});

test("a batch that is cancelled adopts no more, and resumed it adopts the rest", async () => {
  const world = await worldToAdoptIn();
  const adoptionId = await readToAdopt(world, [discountByHand(world, "Podcast", ["A-1", "A-2"])]);
  const batchId = await beginToAdopt(world, adoptionId);
  const asked = { shop: world.domain, batchId };
  await cancelBatch(world.ports, asked);
  await world.drain();
  expect(await ourCodes(world)).toEqual([]);
  const detail = await readAdopting(world.ports, asked);
  expect({ state: detail?.batch.state, canResume: detail?.canResume }).toEqual({
    ...{ state: "cancelled", canResume: true },
  });
  await resumeBatch(world.ports, asked);
  await world.drain();
  expect(await ourCodes(world)).toHaveLength(2);
});

test("asked to adopt twice, or by a form sent twice, it does so once", async () => {
  const world = await worldToAdoptIn();
  const podcast = discountByHand(world, "Podcast", ["A-1"]);
  const adoptionId = await readToAdopt(world, [podcast]);
  expect(await readToAdopt(world, [podcast])).toBe(adoptionId);
  const batchId = await beginToAdopt(world, adoptionId);
  expect(await beginToAdopt(world, adoptionId)).toBe(batchId);
  await world.drain();
  const asked = { shop: world.domain, adoptionId: await readToAdopt(world, [podcast], "later") };
  expect(await verdictsOf(world, asked.adoptionId)).toEqual({ nobodys: 1 });
  world.clock.pass(25 * 3_600_000);
  const late = await takeAdoption(world.ports, { ...asked, since: null });
  expect(late).toMatchObject({ ok: false, problem: { kind: "adoption-gone" } });
});

test(
  "killed at any call while codes are read and adopted, each is adopted once, with its one partner",
  { timeout: 240_000 },
  async () => {
    const world = await worldToAdoptIn();
    const codes = Array.from({ length: 420 }, (_, index) => `ANNA-${1_000 + index}`);
    const podcast = discountByHand(world, "Podcast", codes);
    for (const code of codes.slice(0, 30)) registerElsewhere(world, code, "10001");
    const { domain: shop, ports } = world;
    const adoptionId = await readToAdopt(world, []).catch(() => null);
    expect(adoptionId).toBeNull();
    const { startAdoption } = await import("#app/core/adopting/start-adoption.ts");
    const discounts = [{ shopifyId: podcast.id, title: "Podcast" }];
    const form = { shop, draftKey: "killed", source: { kind: "picked" } as const, discounts };
    const begun = await startAdoption(ports, form);
    if (!begun.ok) throw new Error(begun.problem.message);
    const reading = { shop, ...begun.value };
    for (let nth = 1; nth <= 16; nth += 1) {
      const { ports: dying, killed } = killedAt(world, nth);
      await Promise.race([killed, readFound(dying, reading)]);
    }
    await readFound(ports, reading);
    const by = { kind: "pattern", pattern: "{FIRST}-*" } as const;
    await choosePartnersBy(ports, { ...reading, by });
    await readFound(ports, reading);
    expect(await verdictsOf(world, reading.adoptionId)).toEqual({ "assigned pattern": 420 });
    const batchId = await beginToAdopt(world, reading.adoptionId);
    for (let nth = 1; nth <= 12; nth += 1) {
      const { ports: dying, killed } = killedAt(world, nth);
      await Promise.race([killed, adoptCodes(dying, { shop, batchId })]);
      world.clock.pass(130_000);
    }
    await adoptCodes(ports, { shop, batchId });
    expect(await world.prisma.code.count()).toBe(420);
    expect(await world.prisma.assignment.count({ where: { partnerId: "10001" } })).toBe(420);
    const registered = { impactState: "registered" };
    expect(await world.prisma.code.count({ where: registered })).toBe(30);
    const detail = await readAdopting(ports, { shop, batchId });
    expect(detail?.batch.state).toBe("done");
    const queued = await world.prisma.$queryRaw<{ ids: string[] }[]>`
      SELECT data->'codeIds' AS ids FROM pgboss.job WHERE name = 'register-codes'`;
    expect(queued.flatMap(({ ids }) => ids)).toHaveLength(390);
  },
);

test(
  "25,000 codes are adopted in pages, each side asked once for each",
  { timeout: 240_000 },
  async () => {
    const world = await worldToAdoptIn();
    const codes = Array.from({ length: 25_000 }, (_, index) => `MANY-${100_000 + index}`);
    const many = discountByHand(world, "Many", codes);
    for (const code of codes) registerElsewhere(world, code, "10001");
    const [calls, requests] = [world.shopify.calls.length, world.impact.requests.length];
    const adoptionId = await readToAdopt(world, [many]);
    await world.drain();
    expect(await verdictsOf(world, adoptionId)).toEqual({ "assigned impact": 25_000 });
    // Pages of 200 codes, and of 1,000 registrations.
    expect(world.shopify.calls.length - calls).toBeLessThanOrEqual(126);
    expect(world.impact.requests.length - requests).toBeLessThanOrEqual(26);
    await beginToAdopt(world, adoptionId);
    await world.drain(0);
    const where = { impactState: "registered", shopifyState: "live", partnerId: "10001" };
    expect(await world.prisma.code.count({ where })).toBe(25_000);
    expect(await world.prisma.assignment.count()).toBe(25_000);
  },
);

test("an order that is being taken in while its code is adopted earns the partner all the same", async () => {
  const world = await worldToAdoptIn();
  const { ports, domain: shop } = world;
  const podcast = discountByHand(world, "Podcast", ["ANNA-1"]);
  registerElsewhere(world, "ANNA-1", "10001");
  const before = world.clock.now();
  const adoptionId = await readToAdopt(world, [podcast]);
  world.clock.pass(60_000);
  const order = buy(world, { codes: ["ANNA-1"] });
  await deliver(world, webhookFor(world, order));
  whileTakingIn(world, async () => {
    const batchId = await beginToAdopt(world, adoptionId, before);
    await adoptCodes(ports, { shop, batchId });
  });
  await world.drain(0);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "not-a-partner-code" });
  await world.drain(60_000);
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});
