import { expect, test } from "vitest";
import { simulationView } from "#app/components/simulation/simulation-view.server.ts";
import type { Impact } from "#app/core/ports/impact.ts";
import { failure } from "#app/core/result.ts";
import { lookUpLoneClicks, startLoneLookUps } from "#app/core/simulation/look-up-lone-clicks.ts";
import { simulateRule } from "#app/core/simulation/simulate-rule.ts";
import { saveReportSettingsNow, saveRuleNow } from "#test/core/given/just-opened.ts";
import { trackClicksOf } from "#test/core/given/shared-orders.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addClick } from "#test/sandbox/impact/create-state.ts";
import { runDue } from "#test/support/run-due.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

const HOUR = 3_600_000;
const FORM = {
  ...{ meeting: "code-wins", days: "", codePercent: "", clickPercent: "" },
  ...{ several: "first-entered", discounts: [], clickAlone: "report" },
};

/** A shop that leaves lone clicks to impact.com's tag, and an order for each of these, some hours ago. */
async function worldWithLoneClicks(clicks: [id: string, partnerId: string | null][]) {
  const world = await worldWithCodes();
  await trackClicksOf(world, "10002");
  for (const [id, partnerId] of clicks) {
    const at = world.clock.now();
    if (partnerId) addClick(world.account, { id, partnerId, programId: PROGRAM_ID, at });
    world.clock.pass(1_000);
    await buyAndDeliver(world, { cartAttributes: { irclickid: id } });
  }
  world.clock.pass(3 * HOUR);
  return world;
}

async function simulate({ ports, domain: shop }: World) {
  const simulated = await simulateRule(ports, { shop, days: 7, form: FORM, subject: null });
  if (!simulated.ok) throw new Error(JSON.stringify(simulated.problems));
  return simulated.simulation;
}

const asked = ({ impact }: World) =>
  impact.requests.flatMap(({ path }) => /\/Clicks\/(.+)/.exec(path)?.[1] ?? []);

test("whose lone clicks were is asked once each, the newest first, and the simulator moves money for each partner", async () => {
  const world = await worldWithLoneClicks([
    ["old", "10002"],
    ["nobodys", null],
    ["old", "10002"],
    ["new", "10002"],
  ]);
  const { ports, domain: shop } = world;
  const before = await simulate(world);
  expect(before.clicks).toEqual({ earning: 4, untold: 4 });
  expect(before.flows).toMatchObject([{ to: { kind: "unknown" }, orders: 4 }]);
  expect(await startLoneLookUps(ports, shop)).toBe("asking");
  // Whoever opens the page meanwhile starts no second one.
  expect(await startLoneLookUps(ports, shop)).toBe("asking");
  expect(await runDue(world, "look-up-lone-clicks")).toBe(1);
  expect(asked(world)).toEqual(["new", "old", "nobodys"]);
  const after = await simulate(world);
  expect(after.clicks).toEqual({ earning: 3, untold: 0 });
  expect(after.flows).toMatchObject([{ to: { partnerId: "10002" }, orders: 3 }]);
});

test.each([
  ["a partner with an ALWAYS code", "10001"],
  ["nobody that impact.com knows", null],
])(
  "what the simulator is told of a click of %s doesn't change what its order comes to",
  async (_, partnerId) => {
    const world = await worldWithCodes();
    const { ports, domain: shop, account, clock, impactState } = world;
    impactState.rules.alwaysPartnersClicks = "as all others";
    await saveRuleNow(ports, { shop, ...FORM });
    await saveReportSettingsNow(ports, { shop, reportWhen: "paid", amountBasis: "net" });
    const at = clock.now();
    if (partnerId) addClick(account, { id: "lone", partnerId, programId: PROGRAM_ID, at });
    clock.pass(1_000);
    const order = buy(world, { cartAttributes: { irclickid: "lone" }, financialStatus: "pending" });
    await deliver(world, webhookFor(world, order));
    await world.drain(1_000);
    clock.pass(3 * HOUR);
    await startLoneLookUps(ports, shop);
    expect(await runDue(world, "look-up-lone-clicks")).toBe(1);
    expect(asked(world)).toEqual(["lone"]);
    expect((await simulate(world)).clicks).toEqual({ earning: 0, untold: 0 });
    await saveReportSettingsNow(ports, { shop, reportWhen: "created", amountBasis: "net" });
    await world.drain(60_000);
    expect(await standingOf(world, orderIdOf(order))).toMatchObject(
      partnerId ? { reason: "credited" } : { reason: "not-credited" },
    );
  },
);

test("a click of the last hour is left alone, as impact.com may not know it yet", async () => {
  const world = await worldWithLoneClicks([]);
  await buyAndDeliver(world, { cartAttributes: { irclickid: "just-now" } });
  world.clock.pass(HOUR);
  await startLoneLookUps(world.ports, world.domain);
  await runDue(world, "look-up-lone-clicks");
  expect(asked(world)).toEqual([]);
  expect(await world.ports.store.clicks.findNewestLookUp(world.domain)).toBeNull();
});

test("where the hour's budget ends it goes on when that resets, after the last order that was asked about", async () => {
  const world = await worldWithLoneClicks([
    ["first", "10002"],
    ["second", "10002"],
    ["third", "10002"],
  ]);
  const { ports, domain: shop, clock } = world;
  await startLoneLookUps(ports, shop);
  const retryAt = new Date(clock.now().getTime() + HOUR / 2);
  let left = 1;
  const findClick: Impact["findClick"] = (credentials, query) => {
    expect(query.priority).toBe("spare");
    if (left === 0) return Promise.resolve(failure(rateLimited(retryAt)));
    left -= 1;
    return ports.impact.findClick(credentials, query);
  };
  await world.prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'look-up-lone-clicks'`;
  await lookUpLoneClicks(
    { ...ports, impact: { ...ports.impact, findClick } },
    { shop, after: null },
  );
  expect(asked(world)).toEqual(["third"]);
  expect(await runDue(world, "look-up-lone-clicks")).toBe(0);
  clock.pass(HOUR / 2);
  expect(await runDue(world, "look-up-lone-clicks")).toBe(1);
  expect(asked(world)).toEqual(["third", "second", "first"]);
});

const rateLimited = (retryAt: Date) => {
  const message = "impact.com's hourly limit is used up.";
  return { kind: "rate-limited" as const, retry: "later" as const, message, retryAt };
};

test("a token without the permission Clicks is tried once, and the page says what to do", async () => {
  const world = await worldWithLoneClicks([
    ["first", "10002"],
    ["second", "10002"],
  ]);
  const { ports, domain: shop, clock } = world;
  for (const token of world.account.tokens) token.scopes = ["Retrieve campaigns/campaign"];
  await startLoneLookUps(ports, shop);
  await runDue(world, "look-up-lone-clicks");
  expect(asked(world)).toHaveLength(1);
  const asking = await startLoneLookUps(ports, shop);
  expect(asking).toBe("untold");
  const setting = { currency: "USD", timeZone: "UTC", days: 7 as const, asking };
  const rates = { byPartner: new Map(), isBasisTold: true, isWhole: true };
  expect(simulationView(await simulate(world), { ...setting, rates }).clicks).toBe(
    "Of 2 orders that a click would earn, it is not known of 2 whose the click was: they stand together as “The click's partner”. impact.com doesn't tell, as your access token lacks the permission Clicks: under Settings → Technical → API there, edit the token and tick Clicks. Then look again here.",
  );
  // The permission is given: the same clicks are asked for anew.
  for (const token of world.account.tokens) token.scopes = null;
  clock.pass(HOUR);
  await startLoneLookUps(ports, shop);
  await runDue(world, "look-up-lone-clicks");
  expect((await simulate(world)).clicks).toEqual({ earning: 2, untold: 0 });
});

test("without impact.com connected nothing is asked, and the page says so", async () => {
  const world = await worldWithLoneClicks([]);
  await world.prisma.program.deleteMany();
  expect(await startLoneLookUps(world.ports, world.domain)).toBe("not-connected");
  expect(await runDue(world, "look-up-lone-clicks")).toBe(0);
});
