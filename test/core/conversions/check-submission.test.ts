import { expect, test } from "vitest";
import { checkSubmission } from "#app/core/conversions/check-submission.ts";
import {
  conversionOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import type { ErrorReason } from "#test/sandbox/impact/crediting/error-reason.ts";
import { submissionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { EVENT_TYPE_ID, PROGRAM_ID, type World } from "#test/support/world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** An order with Anna's code that was sent; impact.com takes an hour to process it. */
async function sentOrder() {
  const world = await worldWithCodes();
  world.impactState.rules.submissionDelayMs = 60 * MINUTE;
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  return { world, orderId: orderIdOf(order) };
}

function lookups(world: World): number {
  return world.impact.requests.filter(({ path }) => path.includes("/APISubmissions/")).length;
}

test("while impact.com works on it the order waits, and is asked about ever less often", async () => {
  const { world, orderId } = await sentOrder();
  await world.drain(59 * MINUTE);
  expect(await standingOf(world, orderId)).toMatchObject({
    state: "waiting",
    reason: "outcome-pending",
  });
  expect(lookups(world)).toBeGreaterThan(3);
  expect(lookups(world)).toBeLessThan(12);
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "credited" });
});

test("an outcome that can't be asked is asked again, and the order is not failed meanwhile", async () => {
  const { world, orderId } = await sentOrder();
  world.impactState.rules.submissionDelayMs = 0;
  world.impact.faults.failNext(3, 503, ({ path }) => path.includes("/APISubmissions/"));
  await world.drain(MINUTE);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "outcome-pending" });
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

interface Case {
  what: string;
  change(world: World): void;
  says: RegExp;
}

const REFUSALS: Case[] = [
  {
    what: "the partner's contract has ended",
    change: ({ account, clock }) => {
      for (const contract of account.contracts)
        contract.endsAt = new Date(clock.now().getTime() - 1);
    },
    says: /no live contract with this program\. Offer a contract/,
  },
  {
    what: "the partner was suspended",
    change: ({ account }) => {
      for (const partner of account.partners) partner.state = "SUSPENDED";
    },
    says: /account is not active at impact\.com/,
  },
  {
    what: "the code was expired at impact.com",
    change: ({ account }) => {
      account.promoCodes = [];
    },
    says: /found nobody to credit\. Check that the code is registered/,
  },
  {
    what: "the event type is not active",
    change: ({ account }) => {
      for (const type of account.programs[0]?.eventTypes ?? []) type.active = false;
    },
    says: /event type is not active at impact\.com\. Activate it/,
  },
  {
    what: "the event type is unknown",
    change: ({ account }) => {
      for (const type of account.programs[0]?.eventTypes ?? []) type.id = "4711";
    },
    says: /doesn't know the event type\. Choose it again/,
  },
  {
    what: "the contract pays nothing for the event type",
    change: ({ account }) => {
      for (const contract of account.contracts) contract.eventTypeIds = [];
    },
    says: /contract has no payout for this event type/,
  },
];

test.each(REFUSALS)(
  "nobody is credited because $what: the order fails and says so",
  async ({ change, says }) => {
    const { world, orderId } = await sentOrder();
    change(world);
    await world.drain();
    const standing = await standingOf(world, orderId);
    expect(standing).toMatchObject({ state: "failed", reason: "not-credited" });
    expect(standing?.sentence).toMatch(says);
    expect(standing?.sentence).toMatch(/\.$/);
  },
);

/** Puts an outcome into the stand-in that its own crediting never comes to. */
function decide(world: World, orderId: string, reasons: string[]): void {
  for (const submission of submissionsOf(world.impactState, orderId)) {
    submission.completesAt = world.clock.now();
    const told = reasons as ErrorReason[];
    submission.outcome = {
      errorType: "Contract Error",
      reasons: told,
      because: "the test says so",
    };
  }
  world.account.queued = [];
}

const OUTCOMES: [reasons: string[], says: RegExp][] = [
  [["UNCLAIMED"], /found nobody to credit/],
  [["OTHER_REF_PRIORITIZED"], /another partner's click priority/],
  [["BLOCKED_BY_PROMOCODE"], /belongs to another partner/],
  [["REFTYPE_NOT_ACCEPTED"], /takes no promo codes\. Allow them at impact/],
  [["CONTRACT_NOT_FOUND", "RESTRICTED_PROMOCODE"], /no live contract.*credit rule/],
  [["SOMETHING_NEW"], /refused the conversion: SOMETHING_NEW\./],
];

test("every documented outcome, and one that is not, fails its order in words", async () => {
  const world = await worldWithCodes();
  world.impactState.rules.submissionDelayMs = 60 * MINUTE;
  for (const [reasons, says] of OUTCOMES) {
    const order = buy(world, { codes: ["ANNA10"] });
    await deliver(world, webhookFor(world, order));
    await world.drain(0);
    decide(world, order.id, reasons);
    await world.drain();
    expect((await standingOf(world, orderIdOf(order)))?.sentence).toMatch(says);
    const errorReason = reasons.join(" ");
    const told = { state: "complete", errorType: "Contract Error", errorReason };
    expect(await world.prisma.submission.findFirst({ where: { errorReason } })).toMatchObject(told);
  }
});

test("a code that was registered to another partner behind our back: who was paid is named", async () => {
  const { world, orderId } = await sentOrder();
  for (const code of world.account.promoCodes) code.partnerId = "10002";
  await world.drain();
  expect(await standingOf(world, orderId)).toEqual({
    state: "failed",
    reason: "credited-to-another",
    sentence:
      "Anna Able earned it with ANNA10, but impact.com credited somebody else. impact.com credited partner 10002. Check who the code ANNA10 is registered to there.",
  });
});

/** Somebody else, a tag on the thank-you page say, reported the order before us. */
function reportBefore(world: World, orderId: string, code: string, eventDate: Date) {
  return fetch(`${world.impact.url}/Advertisers/${world.account.sid}/Conversions`, {
    method: "POST",
    headers: {
      accept: "application/json",
      authorization: `Basic ${btoa(`${world.account.sid}:${world.account.tokens[0]?.secret}`)}`,
      "ir-version": "14",
    },
    body: new URLSearchParams({
      CampaignId: PROGRAM_ID,
      EventTypeId: EVENT_TYPE_ID,
      EventDate: eventDate.toISOString(),
      OrderId: orderId,
      OrderPromoCode: code,
      CurrencyCode: "USD",
      OrderSubTotalPostDiscount: "62.10",
    }),
  });
}

test.each([
  ["the same partner counts as credited", "ANNA10", { state: "reported", reason: "credited" }],
  ["another partner is told", "BEN10", { state: "failed", reason: "credited-to-another" }],
])("a duplicate that was paid to %s", async (_what, code, standing) => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await reportBefore(world, order.id, code, world.clock.now());
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject(standing);
  expect(world.account.actions).toHaveLength(1);
});

test("a duplicate whose action can't be found fails and says so", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  for (const code of world.account.promoCodes) code.startsAt = new Date("2026-01-01T00:00:00Z");
  await reportBefore(world, order.id, "BEN10", new Date(world.clock.now().getTime() - 20 * DAY));
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({
    reason: "not-credited",
    sentence: expect.stringMatching(/action with this order number already/) as string,
  });
});

test("a submission that impact.com has forgotten fails the order with what to do", async () => {
  const { world, orderId } = await sentOrder();
  world.account.submissions.clear();
  world.account.queued = [];
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({
    state: "failed",
    sentence: expect.stringMatching(
      /no longer knows this submission\. Look the order up/,
    ) as string,
  });
});

test("a settled submission is not asked about again", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const { id } = await conversionOf(world, orderId);
  const [submission] = await world.ports.store.conversions.listSubmissions(world.domain, [id]);
  const asked = lookups(world);
  const submissionId = submission?.submissionId ?? "";
  await checkSubmission(world.ports, { shop: world.domain, submissionId });
  expect(lookups(world)).toBe(asked);
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);
});
