import { expect, test } from "vitest";
import { explainAttribution } from "#app/core/attribution/explain-attribution.ts";
import { readRules } from "#app/core/attribution/read-rules.ts";
import { attributeAnew } from "#app/core/conversions/hand-over-orders.ts";
import type { RuleForm } from "#app/core/attribution/read-rule.ts";
import { saveRuleNow } from "#test/core/given/just-opened.ts";
import { RULE_FORM } from "#test/core/given/rule-form.ts";
import { clickOf, trackClicksOf } from "#test/core/given/shared-orders.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addContract } from "#test/sandbox/impact/create-state.ts";
import { totalOf } from "#test/sandbox/impact/actions/total-of.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * A shop whose codes are two days old, and to which Ben's click leads a day before every order; orders and
 * what impact.com paid for each.
 */
async function shopWithClick() {
  const world = await worldWithCodes();
  world.clock.pass(2 * DAY);
  clickOf(world, "10002");
  const cartAttributes = {
    irclickid: "click-1",
    irclickid_seen: new Date(world.clock.now().getTime() - DAY).toISOString(),
  };
  const under = async (changes: Partial<RuleForm>, codes: string[]) => {
    world.clock.pass(1_000);
    const saved = await saveRuleNow(world.ports, { shop: world.domain, ...RULE_FORM, ...changes });
    expect(saved).toMatchObject({ ok: true });
    world.clock.pass(1_000);
    const orderId = await buyAndDeliver(world, { codes, cartAttributes });
    const paid = actionsOf(world.impactState)
      .filter((action) => action.orderId.startsWith(orderId))
      .map(({ partnerId, because, items }) => [partnerId, because, totalOf(items).amountMinor]);
    const decided = await world.ports.store.orders.findAttribution(world.domain, orderId);
    const because = decided && explainAttribution(decided.attribution);
    return { orderId, paid, standing: await standingOf(world, orderId), because };
  };
  return { world, under };
}

test("each rule has impact.com credit exactly whom it says, where Ben's click meets Anna's code", async () => {
  const { world, under } = await shopWithClick();
  await trackClicksOf(world, "10002");
  const anna = ["10001", "promo code", 6_210];
  const ben = ["10002", "click", 6_210];
  const code = ["ANNA10"];
  expect((await under({}, code)).paid).toEqual([anna]);
  expect((await under({ meeting: "code-without-click" }, code)).paid).toEqual([ben]);
  expect((await under({ meeting: "newer-click-wins", days: "7" }, code)).paid).toEqual([ben]);
  const split = await under({ meeting: "split" }, code);
  expect(split.paid.toSorted()).toEqual([
    ["10001", "promo code", 4_347],
    ["10002", "click", 1_863],
  ]);
  expect(split.standing).toMatchObject({ state: "reported", reason: "credited" });
});

const NOT_TRACKED = "impact.com doesn't track clicks of a partner while one of";

test.each([
  ["not known", "impact.com knows no such click", [2_760, 2_760], [5_520]],
  ["known, and pay nobody", NOT_TRACKED, [1_932, 3_588], [3_864, 1_656]],
  ["as all others", NOT_TRACKED, [1_932, 3_588], [3_864, 1_656]],
] as const)(
  "a click of a partner with a code registered as ALWAYS wins nothing, and the code's partner is paid the whole, where to impact.com such clicks are %s",
  async (reading, why, [annas, bens], byFirst) => {
    const { world, under } = await shopWithClick();
    world.impactState.rules.alwaysPartnersClicks = reading;
    const codes = ["ANNA10"];
    for (const meeting of ["code-wins", "code-without-click", "newer-click-wins", "split"]) {
      const { paid, standing, because } = await under({ meeting }, codes);
      expect([meeting, paid]).toEqual([meeting, [["10001", "promo code", 6_210]]]);
      expect(standing).toMatchObject({ state: "reported", reason: "credited" });
      // Where the code wins, the order does not wait until impact.com surely knows the click.
      const isSentAtOnce = reading === "not known" && meeting === "code-wins";
      expect(because).toContain(isSentAtOnce ? "by your rule the code wins over a click" : why);
    }
    // Where a code of theirs counts on the order, what a known click of theirs earns is reported by it.
    const both = await under({ meeting: "split", several: "split-evenly" }, ["ANNA10", "BEN10"]);
    expect(both.paid.toSorted()).toEqual([
      ["10001", "promo code", annas],
      ["10002", "promo code", bens],
    ]);
    // So it is where the rule chose the other's code, which meets it as any other click.
    const first = await under({ meeting: "split" }, ["ANNA10", "BEN10"]);
    expect(first.paid.toSorted().map(([, because, minor]) => [because, minor])).toEqual(
      byFirst.map((minor) => ["promo code", minor]),
    );
    // Said beside each of these choices before they are made.
    const { silenced } = await readRules(world.ports, world.domain);
    expect(silenced.map(({ name }) => name)).toEqual(["Anna Able", "Ben Baker"]);
    // A partner without such a code is tracked as ever, from the next hour's order on.
    await trackClicksOf(world, "10002");
    world.clock.pass(2 * HOUR);
    const tracked = await under({ meeting: "code-without-click" }, codes);
    expect(tracked.paid).toEqual([["10002", "click", 6_210]]);
  },
);

test("a code registered as INVOLVED is paid by its own partner's click, though another's newer one came with it", async () => {
  const { world } = await shopWithClick();
  await trackClicksOf(world, "10001");
  clickOf(world, "10001", "annas-click");
  world.clock.pass(HOUR);
  const startsAt = new Date("2026-01-01T00:00:00Z");
  const contract = { programId: PROGRAM_ID, payoutPercent: 10, startsAt, state: "ACTIVE" as const };
  addContract(world.account, "10003", { ...contract, referralDays: 30 });
  clickOf(world, "10003", "cleos-click");
  const cartAttributes = { irclickid: "cleos-click", im_ref: "annas-click" };
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"], cartAttributes });
  expect(heldFor(world, orderId)).toEqual({ "10001": 6_210 });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

/** Ben's click came a day before the order; his ALWAYS codes ran in these spans, in days before it. */
test.each([
  ["after the end of its partner's last ALWAYS code", [[2.5, 1.5]], "10002"],
  ["before its partner's first ALWAYS code", [[0.5, null]], "10002"],
  [
    "between two ALWAYS codes of its partner's",
    [
      [30, 20],
      [0.5, null],
    ],
    "10002",
  ],
  ["under an ALWAYS code of its partner's that has ended", [[2, 0.5]], "10001"],
] as const)("of a click from %s, its own time decides", async (_when, spans, paidTo) => {
  const { world, under } = await shopWithClick();
  const { account, prisma, domain: shop, clock } = world;
  const before = (days: number | null) =>
    days === null ? null : new Date(clock.now().getTime() - days * DAY);
  const partnerId = "10002";
  const { codeId } = await prisma.assignment.findFirstOrThrow({ where: { shop, partnerId } });
  const [code] = account.promoCodes.filter((one) => one.partnerId === partnerId);
  if (!code) throw new Error("Ben has a code");
  account.promoCodes = account.promoCodes.filter((one) => one.partnerId !== partnerId);
  await prisma.assignment.deleteMany({ where: { shop, partnerId } });
  for (const [from, until] of spans) {
    const span = { startsAt: before(from) ?? clock.now(), endsAt: before(until) };
    account.promoCodes.push({ ...code, ...span, createdAt: span.startsAt });
    await prisma.assignment.create({ data: { shop, codeId, partnerId, ...span } });
    await prisma.code.update({ where: { id: codeId }, data: { registeredAt: span.startsAt } });
  }
  const { paid } = await under({ meeting: "code-without-click" }, ["ANNA10"]);
  expect(paid).toEqual([[paidTo, paidTo === partnerId ? "click" : "promo code", 6_210]]);
});

interface Registration {
  when: string;
  paidTo: "10001" | "10002";
  /** Among the partners whose clicks impact.com doesn't track now. As a rule where the click lost. */
  isNamed?: false;
  /** All times are days from now. */
  discount?: Partial<Record<"startsAt" | "endsAt" | "deactivatedAt" | "plannedEndsAt", number>>;
  code?: Partial<Record<"registeredAt" | "registeredFrom" | "assignedUntil", number>> &
    Partial<Record<"isLeftEnded" | "isOfFamily", true>>;
  /** As impact.com has it; null: not at all. */
  there?: { startsAt?: number; endsAt?: number } | null;
}

const REGISTRATIONS: Registration[] = [
  { when: "it ran", paidTo: "10001" },
  {
    ...{ when: "it had ended with its discount", paidTo: "10002" },
    ...{ discount: { endsAt: -1.5 }, there: { endsAt: -1.5 } },
  },
  {
    ...{ when: "it ran, and has ended since", paidTo: "10001" },
    ...{ isNamed: false, discount: { endsAt: -0.5 }, there: { endsAt: -0.5 } },
  },
  {
    ...{ when: "it had ended with its discount, before the code was taken away", paidTo: "10002" },
    ...{ discount: { endsAt: -1.5 }, code: { assignedUntil: -0.5 }, there: { endsAt: -1.5 } },
  },
  {
    ...{ when: "it ran on, as its discount was only deactivated", paidTo: "10001" },
    discount: { endsAt: -1.5, deactivatedAt: -1.5 },
  },
  {
    ...{ when: "it had ended with its deactivated discount", paidTo: "10002" },
    discount: { endsAt: -1.8, deactivatedAt: -1.8, plannedEndsAt: -1.5 },
    there: { endsAt: -1.5 },
  },
  {
    ...{ when: "it ran for orders from before its discount's end", paidTo: "10001" },
    ...{ isNamed: false, discount: { endsAt: -1.9 }, code: { registeredAt: -1.8 } },
    there: { startsAt: -1.8, endsAt: -0.8 },
  },
  {
    ...{ when: "it had ended, as made for such orders", paidTo: "10002" },
    ...{ discount: { endsAt: -2.5 }, code: { registeredAt: -2.2 }, there: { endsAt: -1.2 } },
  },
  {
    ...{ when: "it was its family's, which ends with no discount", paidTo: "10001" },
    ...{ discount: { endsAt: -1.5 }, code: { isOfFamily: true } },
  },
  {
    ...{ when: "it was to begin with its discount", paidTo: "10002" },
    ...{ discount: { startsAt: 20 }, code: { registeredFrom: 20 }, there: { startsAt: 20 } },
  },
  {
    ...{ when: "there was none, as the code had ended by then", paidTo: "10002" },
    ...{ discount: { endsAt: -0.5 }, code: { isLeftEnded: true }, there: null },
  },
];

/** Ben's one code, which stands in a discount of its own: given a registration, all is as it says. */
async function codeOfBens(world: World) {
  const { account, prisma, clock, domain: shop } = world;
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA20"]]));
  const { id: codeId } = await prisma.code.findFirstOrThrow({ where: { shop, code: "BEN10" } });
  const [stood] = account.promoCodes.filter(({ code }) => code === "BEN10");
  if (!stood) throw new Error("Ben has a code");
  const ofFamily = { shop, partnerId: "10002", shape: "FAMILY*", state: "registered" };
  const family = await prisma.codeFamily.create({ data: { ...ofFamily, createdAt: clock.now() } });
  const from = clock.now().getTime();
  const on = (days: number | undefined) =>
    days === undefined ? null : new Date(from + days * DAY);
  return async ({ discount = {}, code = {}, there = {} }: Registration) => {
    const { startsAt = -30, endsAt, deactivatedAt, plannedEndsAt } = discount;
    const ends = { endsAt: on(endsAt), deactivatedAt: on(deactivatedAt) };
    const data = {
      startsAt: on(startsAt) ?? clock.now(),
      plannedEndsAt: on(plannedEndsAt),
      ...ends,
    };
    await prisma.discount.update({ where: { id: discountId }, data });
    const never = { impactState: "expired", impactPromoCodeId: null, registeredAt: null };
    const registered = {
      ...{ discountId, registeredFrom: on(code.registeredFrom) },
      registeredAt: on(code.registeredAt ?? -2),
      familyId: code.isOfFamily ? family.id : null,
    };
    await prisma.code.update({
      where: { id: codeId },
      data: { ...registered, ...(code.isLeftEnded && never) },
    });
    const assigned = { endsAt: on(code.assignedUntil) };
    await prisma.assignment.updateMany({ where: { codeId }, data: assigned });
    account.promoCodes = account.promoCodes.filter((one) => one.code !== "BEN10");
    const span = { startsAt: on(there?.startsAt) ?? stood.startsAt, endsAt: on(there?.endsAt) };
    if (there) account.promoCodes.push({ ...stood, ...span });
    await prisma.clickLookUp.deleteMany({ where: { shop } });
  };
}

test("Ben's click wins wherever no ALWAYS registration of his ran when it came, and else Anna's code does; the page of rules names him while one runs", async () => {
  const { world, under } = await shopWithClick();
  const register = await codeOfBens(world);
  for (const registration of REGISTRATIONS) {
    const { when, paidTo, isNamed = paidTo === "10001" } = registration;
    await register(registration);
    const { silenced } = await readRules(world.ports, world.domain);
    const names = silenced.map(({ name }) => name);
    expect([when, names]).toEqual([when, ["Anna Able", ...(isNamed ? ["Ben Baker"] : [])]]);
    const { paid } = await under({ meeting: "code-without-click" }, ["ANNA10"]);
    expect([when, paid.map(([partnerId]) => partnerId)]).toEqual([when, [paidTo]]);
  }
});

test("a code that is its partner's for longer than it is registered silences no click from before its registration", async () => {
  const { world, under } = await shopWithClick();
  const { account, prisma, domain: shop, clock } = world;
  const registeredAt = new Date(clock.now().getTime() - DAY / 2);
  for (const code of account.promoCodes)
    if (code.partnerId === "10002") code.startsAt = registeredAt;
  await prisma.code.updateMany({ where: { shop, partnerId: "10002" }, data: { registeredAt } });
  const { paid } = await under({ meeting: "code-without-click" }, ["ANNA10"]);
  expect(paid).toEqual([["10002", "click", 6_210]]);
});

test("a click of which impact.com does not tell when it was is not taken for one that it does not track", async () => {
  const { world, under } = await shopWithClick();
  const { ports, prisma, domain: shop, impactState } = world;
  impactState.rules.alwaysPartnersClicks = "as all others";
  await under({ meeting: "code-without-click" }, ["ANNA10"]);
  const lookUp = async () =>
    (await ports.store.clicks.listLookUps(shop, ["click-1"])).get("click-1");
  expect(await lookUp()).toMatchObject({ isUntracked: true });
  await prisma.clickLookUp.updateMany({ where: { shop }, data: { clickedAt: null } });
  expect(await lookUp()).toMatchObject({ isUntracked: false });
});

test("a click that is older than the contract's window takes nothing from the code", async () => {
  const { world, under } = await shopWithClick();
  await trackClicksOf(world, "10002");
  const [click] = world.account.clicks;
  if (!click) throw new Error("Ben's click is there");
  click.at = new Date(click.at.getTime() - 31 * DAY);
  const newer = { meeting: "newer-click-wins", days: "60" };
  const { paid, because } = await under(newer, ["ANNA10"]);
  expect(paid).toEqual([["10001", "promo code", 6_210]]);
  expect(because).toContain("came earlier than 30 days before the order");
});

test("a click without a partner's code is left to impact.com's tag, unless the rule has it reported", async () => {
  const { world, under } = await shopWithClick();
  await trackClicksOf(world, "10002");
  const left = await under({}, []);
  expect(left).toMatchObject({
    paid: [],
    standing: { state: "ignored", reason: "left-to-click" },
  });
  expect((await under({ clickAlone: "report" }, [])).paid).toEqual([["10002", "click", 6_900]]);
});

/** An order with Anna's code, led to by a click of Ben's, and that impact.com's tag has reported. */
async function reportedByTag(world: World, code: string) {
  const like = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const [hers] = actionsOf(world.impactState, like);
  if (!hers) throw new Error("no action");
  const order = buy(world, { codes: ["ANNA10"], cartAttributes: { irclickid: "bens-click" } });
  const byTag = { ...structuredClone(hers), id: `1000.4000.${order.id}`, promoCode: code };
  world.account.actions.push({ ...byTag, orderId: order.id });
  await deliver(world, webhookFor(world, order));
  return orderIdOf(order);
}

const CREDITED_BY_TAG = /credited Anna Able \(partner 10001\) by the code ANNA10: the order was/;

test.each(["ANNA10", ""])(
  "an order that a click takes and impact.com's tag has reported by its code (%j) is told as the code's partner's, and never as the click's",
  async (code) => {
    const { world, under } = await shopWithClick();
    await trackClicksOf(world, "10002");
    await under({ meeting: "code-without-click" }, []);
    clickOf(world, "10002", "bens-click");
    const alone = await reportedByTag(world, code);
    await world.drain();
    const together = await Promise.all(Array.from({ length: 5 }, () => reportedByTag(world, code)));
    await world.drain(undefined, { inBatches: true });
    for (const orderId of [alone, ...together]) {
      expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
      const standing = await standingOf(world, orderId);
      expect(standing).toMatchObject({ state: "failed", reason: "credited-to-another" });
      expect(standing?.sentence).toMatch(CREDITED_BY_TAG);
      expect(standing?.sentence).toMatch(/^Ben Baker earned it with a click/);
      const [sent] = await world.ports.store.conversions.listForOrder(world.domain, orderId);
      expect(sent).toMatchObject({ clickId: "bens-click", code: null, partnerId: "10002" });
    }
  },
);

/** What impact.com holds for an order and its parts, by partner. */
function heldFor({ impactState }: World, orderId: string): Record<string, number> {
  const held: Record<string, number> = {};
  for (const action of actionsOf(impactState)) {
    if (!action.orderId.startsWith(orderId) || action.reversed) continue;
    held[action.partnerId] = (held[action.partnerId] ?? 0) + totalOf(action.items).amountMinor;
  }
  return held;
}

type ShopWithClick = Awaited<ReturnType<typeof shopWithClick>>;

const REFUSALS: [reason: string, refuse: (shop: ShopWithClick) => void | Promise<void>][] = [
  [
    "CONTRACT_NOT_FOUND",
    ({ world: { account, clock } }) => {
      const endsAt = new Date(clock.now().getTime() - 1);
      for (const one of account.contracts) if (one.partnerId === "10002") one.endsAt = endsAt;
    },
  ],
  [
    "PARTNER_NOT_ACTIVE",
    ({ world: { account } }) => {
      for (const one of account.partners) if (one.id === "10002") one.state = "SUSPENDED";
    },
  ],
  [
    "ACTIONTERMS_NOT_FOUND",
    ({ world: { account } }) => {
      for (const one of account.contracts) if (one.partnerId === "10002") one.eventTypeIds = [];
    },
  ],
  [
    // The rule counts clicks of 30 days, his own contract fewer.
    "OUTSIDE_ASSOCIATION_WINDOW",
    ({ world: { account } }) => {
      for (const one of account.contracts) if (one.partnerId === "10002") one.referralDays = 0.5;
    },
  ],
  [
    "ACTION_REF_NOT_FOUND",
    async ({ world, under }) => {
      // It has told whose the click is, and knows it no more.
      await under({ meeting: "split" }, ["ANNA10"]);
      world.account.clicks = [];
    },
  ],
];

const RAISED = ", and knows what was changed or refunded since.";
const isOf = (id: string) => (action: { orderId: string }) => action.orderId.startsWith(id);

const MEETINGS = [
  { meeting: "code-without-click" },
  { meeting: "split" },
  { meeting: "split", codePercent: "1", clickPercent: "99" },
];

test.each(REFUSALS)(
  "a click that impact.com would not pay (%s) gives way to the code: its partner is paid the whole, once, and the order says why",
  async (reason, refuse) => {
    const { world, under } = await shopWithClick();
    const { ports, domain: shop } = world;
    await trackClicksOf(world, "10002");
    await refuse({ world, under });
    for (const changes of MEETINGS) {
      const { orderId, standing, because } = await under(changes, ["ANNA10"]);
      // Where her part was there already, it was raised.
      const isRaised = changes.meeting === "split";
      expect(standing).toEqual({
        ...{ state: "reported", reason: isRaised ? "adjusted" : "credited" },
        sentence: `Anna Able earned it with ANNA10. impact.com has credited it${isRaised ? RAISED : "."}`,
      });
      expect(actionsOf(world.impactState).filter(isOf(orderId))).toHaveLength(1);
      expect(because).toContain("was reported first, but impact.com would not pay it");
      expect(heldFor(world, orderId)).toEqual({ "10001": 6_210 });
      const refusals = await ports.store.clicks.listRefusals(shop, [orderId]);
      expect(refusals).toMatchObject([{ clickId: "click-1", reason }]);
    }
  },
);

test("a click that was not paid stays so: decided again, its order is the code's, and where no code was typed the sentence tells no tale", async () => {
  const { world, under } = await shopWithClick();
  await trackClicksOf(world, "10002");
  const [, suspend] = REFUSALS[1] ?? [];
  await suspend?.({ world, under });
  const { orderId } = await under({ meeting: "code-without-click" }, ["ANNA10"]);
  // So it is where his own code was typed after hers, and reported it.
  const both = await under({ meeting: "split" }, ["ANNA10", "BEN10"]);
  expect(both.because).toContain("was reported first, but impact.com would not pay it");
  expect(heldFor(world, both.orderId)).toEqual({ "10001": 5_520 });
  for (const partner of world.account.partners) partner.state = "ACTIVE";
  const jobs = [{ payload: { shop: world.domain, orderId } }];
  await world.ports.store.queue.sendAll("process-order", jobs);
  await attributeAnew(world.ports, world.domain, [orderId]);
  await world.drain();
  expect(heldFor(world, orderId)).toEqual({ "10001": 6_210 });
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);

  world.account.clicks = [];
  const { standing } = await under({ clickAlone: "report" }, []);
  expect(standing).toMatchObject({ state: "failed", reason: "not-credited" });
  expect(standing?.sentence).toMatch(/so nobody is paid for the order\. It may be of another/);
});
