import fc from "fast-check";
import { expect, test } from "vitest";
import { attributeOrder, type Attributable } from "#app/core/attribution/attribute-order.ts";
import type { Attribution, KnownCode } from "#app/core/attribution/attribution.ts";
import type { ToldClick } from "#app/core/attribution/gather-clicks.ts";
import { FIRST_RULE, type Meeting } from "#app/core/attribution/rule.ts";
import { clickHoldEndsAt, isAskedFor } from "#app/core/clicks/click-hold.ts";
import { clicksOf } from "#app/core/clicks/clicks-on.ts";
import type { ClickLookUp } from "#app/core/ports/click-store.ts";
import { PLACED_AT } from "#test/core/given/attributed.ts";
import { ANNA, BEN, CLEO, KNOWN } from "#test/core/attribution/rule-table.ts";

const EVENTS = ["order", "its pixel", "click look-up", "sending"] as const;

interface Given {
  meeting: Meeting;
  clickAlone: "leave" | "report";
  typedCodes: string[];
  /** They pay only with their partner's click, and are registered so. */
  needing: string[];
  needsClick: NonNullable<KnownCode["needsClick"]>;
  /** What the cart and the pixel tell; null: nothing. */
  cart: string | null;
  pixel: string | null;
  /** Whose they are, as impact.com says; null: nobody's; "not-told": it may not be asked. */
  owners: (KnownCode["partner"] | "not-told")[];
  daysOld: number;
  /** By the storefront's clock; null: it doesn't tell. */
  seenDaysAgo: number | null;
}

const given: fc.Arbitrary<Given> = fc.record({
  meeting: fc.constantFrom<Meeting[]>(
    { kind: "code-wins" },
    { kind: "code-without-click" },
    { kind: "newer-click-wins", days: 7 },
    { kind: "split", codePercent: 70, clickPercent: 30 },
  ),
  clickAlone: fc.constantFrom("leave", "report"),
  typedCodes: fc.subarray(["ANNA10", "BEN10", "STRANGER"]),
  needing: fc.subarray(["ANNA10", "BEN10"]),
  needsClick: fc.constantFrom("INVOLVED", "WINNER"),
  cart: fc.constantFrom(null, "click-0", "click-1"),
  pixel: fc.constantFrom(null, "click-0", "click-1"),
  owners: fc.array(fc.constantFrom(ANNA, BEN, CLEO, null, "not-told" as const), {
    minLength: 2,
    maxLength: 2,
  }),
  daysOld: fc.constantFrom(1, 30, 31),
  seenDaysAgo: fc.constantFrom(null, 1, 40),
});

const ALWAYS_THERE = {
  partnerLeftAt: null,
  partnerBackAt: null,
  isUntracked: false,
  isOvertaken: false,
};

function told(
  { seenDaysAgo }: Given,
  clickId: string | null,
  source: ToldClick["source"],
): ToldClick[] {
  const seenAt =
    seenDaysAgo === null ? null : new Date(PLACED_AT.getTime() - seenDaysAgo * 86_400_000);
  return clickId === null ? [] : [{ clickId, source, seenAt }];
}

/** What is sent of an order that is heard of in this order of events; then there is as much time as it takes. */
function sentOf(one: Given, events: readonly (typeof EVENTS)[number][]): Attribution | null {
  const heard = new Set<string>();
  const lookUps = new Map<string, ClickLookUp>();
  const rule = { ...FIRST_RULE, meeting: one.meeting, clickAlone: one.clickAlone };
  const rules = { shop: { scope: "shop" as const, rule, from: null }, overrides: [] };
  const codes = KNOWN.map((entry) =>
    one.needing.includes(entry.code) ? { ...entry, needsClick: one.needsClick } : entry,
  );
  let sent: Attribution | null = null;
  const known = (): Attributable => {
    const facts = { clicks: told(one, one.cart, "cart"), placedAt: PLACED_AT };
    const fromPixel = heard.has("its pixel") ? told(one, one.pixel, "pixel") : [];
    const clicks = clicksOf(facts, fromPixel, { lookUps, refusals: [] });
    return { placedAt: PLACED_AT, typedCodes: one.typedCodes, tookMinor: null, clicks };
  };
  const decide = () => attributeOrder(known(), codes, rules);
  const lookUp = () => {
    if (!heard.has("order") || !isAskedFor(decide())) return;
    for (const { clickId } of known().clicks) {
      const owner = one.owners[Number(clickId.at(-1))] ?? null;
      const partner = owner === "not-told" ? null : owner;
      const clickedAt = partner && new Date(PLACED_AT.getTime() - one.daysOld * 86_400_000);
      const answer = partner ? ("known" as const) : ("unknown-there" as const);
      const verdict = owner === "not-told" ? owner : answer;
      const said = { clickId, verdict, partner, clickedAt, lookedAt: PLACED_AT };
      lookUps.set(clickId, { ...said, ...ALWAYS_THERE });
    }
  };
  const send = () => {
    if (!heard.has("order") || sent) return;
    const order = known();
    const mayHearPixel = !order.clicks.some(({ source }) => source === "pixel");
    const end = clickHoldEndsAt({ order, known: codes, rules, mayHearPixel, since: PLACED_AT });
    if (end === null) sent = decide();
  };
  for (const event of events) {
    heard.add(event);
    if (event === "click look-up") lookUp();
    if (event === "sending") send();
  }
  lookUp();
  return sent ?? decide();
}

/** Who earns it, and which codes that pay nobody else go with a click of their partner's. */
function paid(attribution: Attribution | null, { needing }: Given) {
  if (attribution?.outcome !== "credited") return attribution?.outcome;
  return attribution.shares.map(({ key, weight, by, clickId }) => {
    const isNeeding = by.kind === "code" && needing.includes(by.code);
    return { key, weight, by, hasClick: isNeeding && clickId !== undefined };
  });
}

test("in whatever order an order, its pixel's click, the look-up and the sending come, the same are paid for it: what could still change is held", () => {
  const anyOrder = fc.shuffledSubarray([...EVENTS], { minLength: EVENTS.length });
  fc.assert(
    fc.property(given, anyOrder, (one, events) => {
      expect(paid(sentOf(one, events), one)).toEqual(paid(sentOf(one, EVENTS), one));
    }),
    { numRuns: 2_000 },
  );
});
