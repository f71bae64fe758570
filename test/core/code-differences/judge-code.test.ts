import { expect, test } from "vitest";
import type { CodeStory, ImpactSide, OurSide } from "#app/core/code-differences/code-difference.ts";
import { judgeCode } from "#app/core/code-differences/judge-code.ts";
import { explainDifference } from "#app/core/code-differences/explain-difference.ts";
import { DIFFERENCE_KINDS } from "#app/core/code-differences/code-difference.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";

const NOW = new Date("2026-11-25T12:00:00Z");
const BEFORE = new Date("2026-11-01T00:00:00Z");
const LATER = new Date("2026-12-24T00:00:00Z");
const LATEST = new Date("2027-01-31T00:00:00Z");
const ANNA = "10001" as PartnerId;
const BEN = "10002" as PartnerId;
const RUN = { now: NOW, isImpactRead: true, isProgramShared: false };
const IN_SHOPIFY = { discountId: "d1", endsAt: null };
const MOVED = { discountId: "d2", endsAt: null };

type Ours = Partial<Omit<OurSide, "discount">> & { discount?: Partial<OurSide["discount"]> };

function ours({ discount, ...changes }: Ours = {}): OurSide {
  return {
    codeId: "c1",
    ...{ shopifyState: "live", isGivenUp: false, impactState: "registered" },
    ...{ reach: null, startsAt: BEFORE },
    liveAt: BEFORE,
    partner: { partnerId: ANNA, hasContract: true },
    ...{ familyId: null, pastEnd: null },
    discount: {
      ...{ discountId: "d1", endsAt: null, isDeactivated: false, isDeleted: false, isCut: false },
      ...discount,
    },
    ...changes,
  };
}

function there(changes: Partial<ImpactSide> = {}): ImpactSide {
  const standing = { startsAt: BEFORE, endsAt: null, isEnded: false, isPattern: false };
  const policy = { creditPolicy: "ALWAYS" };
  return { promoCodeId: "p1", partnerId: ANNA, ...standing, ...policy, ...changes };
}

function story(changes: Partial<CodeStory>): CodeStory {
  const code = "ANNA10" as DiscountCode;
  const same = {
    isChanging: false,
    ours: ours(),
    inShopify: IN_SHOPIFY,
    atImpact: there(),
    ...{ twin: null, matchedBy: null, isWidened: false },
  };
  return { code, ...same, ...changes };
}

const ENDED_THERE = there({ isEnded: true, endsAt: BEFORE });
const EXPIRED = { discount: { endsAt: BEFORE } };
const NO_CONTRACT = { partner: { partnerId: ANNA, hasContract: false } };
const RETIRED = ours({ shopifyState: "retired", impactState: "expired" });

/** What no partner has is never registered. */
const NOBODYS = ours({ partner: null, impactState: "planned" });
const OF_FAMILY = ours({ familyId: "f1" });
const BENS = { promoCodeId: "p2", partnerId: BEN, isOurs: true, creditPolicy: "ALWAYS" };

const CASES: [name: string, story: Partial<CodeStory>, kind: string | null][] = [
  ["all three agree", {}, null],
  ["nobody has it any more", { ours: RETIRED, inShopify: null, atImpact: ENDED_THERE }, null],
  ["we don't have it, Shopify has", { ours: null, atImpact: null }, "only-in-shopify"],
  ["we don't have it, both others have", { ours: null }, "only-in-shopify"],
  ["only impact.com has it", { ours: null, inShopify: null }, "only-at-impact"],
  ["it only once was at impact.com", { ours: null, inShopify: null, atImpact: ENDED_THERE }, null],
  [
    "a family of impact.com's is no code",
    { ours: null, inShopify: null, atImpact: there({ isPattern: true }) },
    null,
  ],
  ["we have retired it, Shopify has it", { ours: RETIRED, atImpact: null }, "only-in-shopify"],
  ["we have retired it, impact.com has it", { ours: RETIRED, inShopify: null }, "only-at-impact"],
  ["Shopify has it in another discount", { inShopify: MOVED }, "in-other-discount"],
  [
    "Shopify has it in another discount, and its own is deleted",
    { ours: ours({ discount: { isDeleted: true } }), inShopify: MOVED },
    "in-other-discount",
  ],
  ["Shopify has lost it", { inShopify: null }, "missing-in-shopify"],
  [
    "its whole discount is deleted",
    { ours: ours({ discount: { isDeleted: true } }), inShopify: null },
    null,
  ],
  ["it is still to be made", { ours: ours({ shopifyState: "planned" }), inShopify: null }, null],
  ["Shopify has refused it", { ours: ours({ shopifyState: "failed" }), inShopify: null }, null],
  [
    "it failed, and Shopify has it",
    { ours: ours({ shopifyState: "failed" }) },
    "works-though-failed",
  ],
  ["it is being made, and Shopify has it", { ours: ours({ shopifyState: "planned" }) }, null],
  [
    "its batch has stopped, and Shopify has it",
    { ours: ours({ shopifyState: "planned", isGivenUp: true }) },
    "works-though-failed",
  ],
  ["it stands there twice", { twin: { promoCodeId: "p2", partnerId: ANNA } }, "registered-twice"],
  [
    "it stands there twice, with other partners",
    { twin: { promoCodeId: "p2", partnerId: BEN } },
    "registered-twice",
  ],
  [
    "it needs a click there",
    { atImpact: there({ creditPolicy: "WINNER" }) },
    "registered-otherwise",
  ],
  [
    "it needs a click, as it should",
    { ours: ours({ reach: "WINNER" }), atImpact: there({ creditPolicy: "WINNER" }) },
    null,
  ],
  ["impact.com names no policy", { atImpact: there({ creditPolicy: null }) }, null],
  ["it begins there later", { atImpact: there({ startsAt: LATER }) }, "registered-otherwise"],
  [
    "it begins on both sides later",
    { ours: ours({ startsAt: LATER }), atImpact: there({ startsAt: LATER }) },
    null,
  ],
  [
    "it began there later, which is past and can't be mended",
    { ours: ours({ startsAt: new Date("2026-10-01T00:00:00Z") }) },
    null,
  ],
  ["impact.com has lost it", { atImpact: null }, "missing-at-impact"],
  [
    "it is still to be registered",
    { ours: ours({ impactState: "planned", liveAt: NOW }), atImpact: null },
    null,
  ],
  [
    "it is still to be registered after more than a day",
    { ours: ours({ impactState: "planned" }), atImpact: null },
    "not-registered",
  ],
  [
    "impact.com has it, and it counts as not registered after more than a day",
    { ours: ours({ impactState: "planned" }) },
    "not-registered",
  ],
  [
    "it waits for a partner without a contract",
    { ours: ours({ impactState: "planned", ...NO_CONTRACT }), atImpact: null },
    null,
  ],
  [
    "it was not registered before it ended",
    { ours: ours({ impactState: "planned", ...EXPIRED }), atImpact: null },
    null,
  ],
  [
    "we have noted that it ended there, and it stands",
    { ours: ours({ impactState: "expired" }) },
    "not-registered",
  ],
  ["impact.com has refused it", { ours: ours({ impactState: "failed" }), atImpact: null }, null],
  [
    "we ended it there, and it still works here",
    { ours: ours({ impactState: "expired" }), atImpact: null },
    "missing-at-impact",
  ],
  ["nobody has it here, nor there", { ours: NOBODYS, atImpact: null }, null],
  ["nobody has it here, and it has ended there", { ours: NOBODYS, atImpact: ENDED_THERE }, null],
  ["its partner's contract has ended", { ours: ours(NO_CONTRACT), atImpact: null }, null],
  [
    "impact.com names another partner",
    { atImpact: there({ partnerId: BEN }) },
    "other-partner-there",
  ],
  ["impact.com names a partner, we none", { ours: NOBODYS }, "other-partner-there"],
  ["it ended at impact.com", { atImpact: ENDED_THERE }, "ends-differ"],
  [
    "it ends at impact.com first",
    { ours: ours({ discount: { endsAt: LATEST } }), atImpact: there({ endsAt: LATER }) },
    "ends-differ",
  ],
  ["it ends at impact.com, here never", { atImpact: there({ endsAt: LATER }) }, "ends-differ"],
  [
    "it ends at impact.com later",
    { ours: ours({ discount: { endsAt: LATER } }), atImpact: there({ endsAt: LATEST }) },
    null,
  ],
  ["it ended in Shopify", { ours: ours(EXPIRED) }, "ends-differ"],
  [
    "its own end is past, and it works in Shopify",
    { ours: ours({ pastEnd: BEFORE, ...EXPIRED }), atImpact: ENDED_THERE },
    "past-its-end",
  ],
  [
    "its own end is just past",
    { ours: ours({ pastEnd: NOW, discount: { endsAt: NOW } }), atImpact: ENDED_THERE },
    null,
  ],
  [
    "its own end is past, and its discount is deactivated",
    { ours: ours({ pastEnd: BEFORE, discount: { endsAt: BEFORE, isDeactivated: true } }) },
    null,
  ],
  ["it ended on both sides", { ours: ours(EXPIRED), atImpact: ENDED_THERE }, null],
  ["it ended in Shopify, impact.com never had it", { ours: ours(EXPIRED), atImpact: null }, null],
  [
    "its whole discount is deactivated",
    { ours: ours({ discount: { endsAt: BEFORE, isDeactivated: true } }) },
    null,
  ],
  ["it is of a family that impact.com has lost", { ours: OF_FAMILY, atImpact: null }, null],
  [
    "it is of a family that has ended at impact.com",
    { ours: OF_FAMILY, atImpact: there({ isPattern: true, isEnded: true }) },
    null,
  ],
  [
    "it is of a family that stands, and its discount has ended",
    { ours: ours({ familyId: "f1", ...EXPIRED }), atImpact: there({ isPattern: true }) },
    null,
  ],
  [
    "it is of a family that stands, and was not told so for more than a day",
    { ours: { ...OF_FAMILY, impactState: "planned" }, atImpact: there({ isPattern: true }) },
    "not-registered",
  ],
  ["another partner's expression matches it", { matchedBy: BENS }, "two-partners-there"],
  [
    "only impact.com has it, and our family of another partner matches it",
    { ours: null, inShopify: null, matchedBy: BENS },
    "two-partners-there",
  ],
  [
    "we have retired it, impact.com has it, and another expression too",
    { ours: RETIRED, inShopify: null, matchedBy: BENS },
    "only-at-impact",
  ],
  ["it is changing at this moment", { isChanging: true, atImpact: null }, null],
];

test.each(CASES)("%s", (_name, changes, kind) => {
  expect(judgeCode(story(changes), RUN)?.kind ?? null).toBe(kind);
});

test("where impact.com was not read, or the program is shared, nothing is said of what was never ours there", () => {
  const unread = { ...RUN, isImpactRead: false };
  expect(judgeCode(story({ atImpact: null }), unread)).toBeNull();
  expect(judgeCode(story({ ours: null, inShopify: null }), unread)).toBeNull();
  expect(judgeCode(story({ inShopify: null, atImpact: null }), unread)?.kind).toBe(
    "missing-in-shopify",
  );
  const shared = { ...RUN, isProgramShared: true };
  expect(judgeCode(story({ ours: null, inShopify: null }), shared)).toBeNull();
  expect(judgeCode(story({ ours: RETIRED, inShopify: null }), shared)?.kind).toBe("only-at-impact");
  const foreign = { ours: null, inShopify: null, matchedBy: { ...BENS, isOurs: false } };
  expect(judgeCode(story(foreign), RUN)?.kind).toBe("two-partners-there");
  expect(judgeCode(story(foreign), shared)).toBeNull();
  expect(judgeCode(story({ atImpact: null }), shared)?.kind).toBe("missing-at-impact");
});

test("where neither of two partners' registrations is this shop's, the row says what to do at impact.com", () => {
  const foreign = { ours: null, inShopify: null, matchedBy: { ...BENS, isOurs: false } };
  const found = judgeCode(story(foreign), RUN);
  if (!found) throw new Error("nothing differs");
  const names = { discountTitle: null, ourPartner: null, theirPartner: "Anna Alvarez" };
  const stored = { ...found, ...names, problem: null, foundAt: NOW, isSayable: true };
  const { sentence, repairs } = explainDifference(stored, NOW);
  expect(repairs).toEqual([]);
  expect(sentence).toBe(
    "impact.com has ANNA10 registered to Anna Alvarez, and another partner's expression matches it too. Neither is this shop's, so neither can be ended here: expire the code or the expression at impact.com, whichever is not to be paid.",
  );
});

test("every kind of difference says what differs, and each repair what it does on some side", () => {
  for (const kind of DIFFERENCE_KINDS) {
    const difference = {
      ...{ kind, subject: "ANNA10", codeId: null, discountId: "d1", codes: 2, problem: null },
      ...{ ourPartnerId: ANNA, theirPartnerId: BEN, promoCodeId: "p1", foundAt: NOW },
      ...{ endsHere: null, endsThere: null, discountTitle: "Creators" },
      ...{ creditPolicy: "WINNER", startsThere: LATER },
      ...{ ourPartner: "Anna", theirPartner: "Ben", isSayable: true },
      ...{ familyId: null, isShared: false, familyCodes: 0, familyEndings: 0 },
    };
    const { sentence, repairs } = explainDifference(difference, NOW);
    expect(sentence).toMatch(/^\S.+\.$/);
    expect(repairs.length, kind).toBeGreaterThan(0);
    for (const { plan } of repairs) {
      expect([plan.inShopify, plan.atImpact, plan.here].filter(Boolean).length).toBeGreaterThan(0);
    }
  }
});
