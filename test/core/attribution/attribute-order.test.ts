import fc from "fast-check";
import { expect, test } from "vitest";
import {
  leadingCode,
  type Attribution,
  type CodeCandidate,
  type KnownCode,
} from "#app/core/attribution/attribution.ts";
import type { Click } from "#app/core/attribution/click.ts";
import { explainAttribution } from "#app/core/attribution/explain-attribution.ts";
import { FIRST_RULE, type Meeting } from "#app/core/attribution/rule.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { attributed, PLACED_AT } from "#test/core/given/attributed.ts";

const ANNA = { partnerId: "10001" as PartnerId, name: "Anna Able" };
const BEN = { partnerId: "10002" as PartnerId, name: "Ben Baker" };

function known(...entries: [code: string, partner: KnownCode["partner"]][]): KnownCode[] {
  return entries.map(([code, partner]) => ({
    code: code as DiscountCode,
    partner,
    discountId: "summer",
  }));
}

function codesOf({ candidates }: Attribution): CodeCandidate[] {
  return candidates.filter((candidate) => candidate.kind === "code");
}

const OURS = known(["ANNA10", ANNA], ["ANNA20", ANNA], ["BEN10", BEN], ["FREE10", null]);

test("the one partner code on an order earns it", () => {
  expect(attributed(["ANNA10"], OURS)).toEqual({
    outcome: "credited",
    shares: [{ key: "code", weight: 1, partner: ANNA, by: { kind: "code", code: "ANNA10" } }],
    because: "only-partner-code",
    rules: [{ scope: "shop", rule: FIRST_RULE, from: null }],
    candidates: [{ kind: "code", code: "ANNA10", partner: ANNA, verdict: "earns", met: null }],
  });
});

test("of several partners' codes the one entered first earns, and every code has its verdict", () => {
  const attribution = attributed(["WELCOME", "FREE10", "BEN10", "ANNA10"], OURS);
  expect(attribution).toMatchObject({
    outcome: "credited",
    shares: [{ partner: BEN, by: { kind: "code", code: "BEN10" } }],
    because: "first-of-several",
  });
  expect(codesOf(attribution).map(({ code, verdict }) => [code, verdict])).toEqual([
    ["WELCOME", "not-a-partner-code"],
    ["FREE10", "not-assigned-then"],
    ["BEN10", "earns"],
    ["ANNA10", "entered-later"],
  ]);
});

test("two codes of one partner earn that partner the order by the first", () => {
  const attribution = attributed(["ANNA20", "ANNA10"], OURS);
  expect(attribution).toMatchObject({
    outcome: "credited",
    shares: [{ partner: ANNA, by: { kind: "code", code: "ANNA20" } }],
  });
});

test("a code typed twice, or in another case, counts once", () => {
  const attribution = attributed([" anna10 ", "ANNA10", "Anna10"], OURS);
  expect(attribution).toMatchObject({ because: "only-partner-code" });
  expect(attribution.candidates).toHaveLength(1);
});

test.each([
  ["no code at all", [], "no-code"],
  ["only a stranger's code", ["WELCOME"], "not-a-partner-code"],
  ["only a code that belonged to nobody", ["FREE10"], "not-assigned-then"],
  ["a stranger's code and one that belonged to nobody", ["WELCOME", "FREE10"], "not-assigned-then"],
])("an order with %s is nobody's, with the reason", (_what, typed, because) => {
  expect(attributed(typed, OURS)).toMatchObject({ outcome: "nobody", because });
});

const ourCodes: fc.Arbitrary<string> = fc.constantFrom("ANNA10", "anna20", "BEN10", "FREE10");

function earner(typed: readonly string[]): string | null {
  const attribution = attributed(typed, OURS);
  return attribution.outcome === "credited" ? leadingCode(attribution) : null;
}

test("a code that is not ours, wherever it stands, changes nothing about who earns", () => {
  const strangers = fc.string().map((text) => `X-${text}`);
  fc.assert(
    fc.property(fc.array(ourCodes), strangers, fc.nat(), (typed, stranger, place) => {
      const withStranger = typed.toSpliced(place % (typed.length + 1), 0, stranger);
      expect(earner(withStranger)).toBe(earner(typed));
    }),
  );
});

test("a code entered after the earning one changes nothing about who earns", () => {
  fc.assert(
    fc.property(fc.array(ourCodes), ourCodes, (typed, later) => {
      fc.pre(earner(typed) !== null);
      expect(earner([...typed, later])).toBe(earner(typed));
    }),
  );
});

test("at most one code of an order earns", () => {
  fc.assert(
    fc.property(fc.array(ourCodes), (typed) => {
      const { outcome, candidates } = attributed(typed, OURS);
      const earning = candidates.filter(({ verdict }) => verdict === "earns");
      expect(earning).toHaveLength(outcome === "credited" ? 1 : 0);
    }),
  );
});

const SEEN = { clickedAt: PLACED_AT, seenAt: null };
const BENS_CLICK: Click = { ...SEEN, clickId: "bens", source: "cart", partner: BEN };
const ANNAS_CLICK: Click = { ...SEEN, clickId: "annas", source: "landing", partner: ANNA };

test.each([
  ["INVOLVED", "annas", "beside-code"],
  ["WINNER", undefined, "other-click"],
] as const)(
  "a code registered as %s goes with %s of its own partner's clicks where another partner's counts",
  (needsClick, clickId, verdict) => {
    const codes = OURS.map((entry) => ({ ...entry, needsClick }));
    const clicks = [BENS_CLICK, ANNAS_CLICK];
    const attribution = attributed(["ANNA10"], codes, { clicks });
    expect(attribution).toMatchObject({ shares: [{ key: "code", partner: ANNA }] });
    const [share] = attribution.outcome === "credited" ? attribution.shares : [];
    expect(share?.clickId).toBe(clickId);
    const verdicts = attribution.candidates.map((one) => one.verdict);
    expect(verdicts).toEqual(["earns", "code-earns", verdict]);
  },
);
const CLEO = { partnerId: "10003" as PartnerId, name: "Cleo Clark" };

function click(clickId: string, partner: Click["partner"], hoursBefore: number): Click {
  const at = new Date(PLACED_AT.getTime() - hoursBefore * 3_600_000);
  return { clickId, source: "cart", seenAt: at, partner, clickedAt: at };
}

function under(meeting: Meeting) {
  const rule = { ...FIRST_RULE, meeting };
  return { shop: { scope: "shop" as const, rule, from: null }, overrides: [] };
}

const SPLIT: Meeting = { kind: "split", codePercent: 70, clickPercent: 30 };

test.each([true, false])(
  "what a click earns whose partner's own code was typed, though another was chosen, is reported by that code: untracked %s",
  (isUntracked) => {
    const bens: Click = { ...click("bens", BEN, 2), ...(isUntracked && { isUntracked: true }) };
    const bensShare = { partner: BEN, by: { kind: "code", code: "BEN10" }, clickId: "bens" };
    const whole = attributed(["ANNA10", "BEN10"], OURS, {
      ...{ clicks: [bens], rules: under({ kind: "code-without-click" }) },
    });
    expect(whole).toMatchObject({ shares: [{ ...bensShare, key: "code", weight: 1 }] });
    expect(whole.candidates.map(({ verdict }) => verdict)).toEqual([
      ...["click-earns", "carries-click", "earns"],
    ]);
    const split = attributed(["ANNA10", "BEN10"], OURS, { clicks: [bens], rules: under(SPLIT) });
    expect(split).toMatchObject({
      shares: [
        { key: "code", weight: 7, partner: ANNA },
        { ...bensShare, key: "code-2", weight: 3 },
      ],
    });
    expect(split.candidates.map(({ verdict }) => verdict)).toEqual([
      ...["shares", "carries-click", "shares"],
    ]);
    expect(explainAttribution(split)).toMatch(
      /^ANNA10 is Anna Able's code and was entered first.* Ben Baker's own code BEN10 was typed too: what the click earns is reported by it\.$/,
    );
  },
);

test("of a partner's codes that one reports the click for which impact.com needs none", () => {
  const [involved, always] = known(["BEN10", BEN], ["BEN20", BEN]);
  if (!involved || !always) throw new Error("?");
  const codes = [
    ...known(["ANNA10", ANNA]),
    { ...involved, needsClick: "INVOLVED" as const },
    always,
  ];
  const decided = attributed(["ANNA10", "BEN10", "BEN20"], codes, {
    ...{ clicks: [click("bens", BEN, 2)], rules: under({ kind: "code-without-click" }) },
  });
  expect(decided).toMatchObject({ shares: [{ by: { code: "BEN20" }, clickId: "bens" }] });
});

test("a code that is paid only with a click of its partner's goes with it, though another's newer one counts", () => {
  const codes = OURS.map((one) => ({ ...one, needsClick: "INVOLVED" as const }));
  const clicks = [click("cleos", CLEO, 1), click("annas", ANNA, 2), click("annas-old", ANNA, 3)];
  const annas = { key: "code", partner: ANNA, clickId: "annas" };
  const won = attributed(["ANNA10"], codes, { clicks });
  expect(won).toMatchObject({ shares: [annas] });
  expect(won.candidates.map(({ verdict }) => verdict)).toEqual([
    ...["earns", "code-earns", "beside-code", "other-click"],
  ]);
  expect(explainAttribution(won)).toContain("click of Anna Able is sent beside Anna Able's code");
  const split = attributed(["ANNA10"], codes, { clicks, rules: under(SPLIT) });
  expect(split).toMatchObject({
    shares: [
      { ...annas, weight: 7 },
      { key: "click", partner: CLEO, weight: 3 },
    ],
  });
  const refused = clicks.map((one) => ({ ...one, refused: "not-payable" as const }));
  expect(attributed(["ANNA10"], codes, { clicks: refused })).not.toHaveProperty("shares.0.clickId");
  // impact.com pays the others whatever click there was.
  expect(attributed(["ANNA10"], OURS, { clicks })).not.toHaveProperty("shares.0.clickId");
});
