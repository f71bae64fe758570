import fc from "fast-check";
import { expect, test } from "vitest";
import { apportion } from "#app/core/apportion.ts";
import { isRefused, type Attribution } from "#app/core/attribution/attribution.ts";
import type { Click } from "#app/core/attribution/click.ts";
import {
  clicksNamedIn,
  gatherClicks,
  type ToldClick,
} from "#app/core/attribution/gather-clicks.ts";
import { readMeeting } from "#app/core/attribution/read-rule.ts";
import { FIRST_RULE } from "#app/core/attribution/rule.ts";
import { attributed, PLACED_AT } from "#test/core/given/attributed.ts";
import { clicks, orders } from "./any-order.ts";
import { CLEO, clickOf, KNOWN } from "./rule-table.ts";

const NOT_LOOKED_UP: Pick<Click, "partner" | "clickedAt" | "refused" | "isUntracked"> = {
  ...{ partner: null, clickedAt: null },
};
type Given = typeof orders extends fc.Arbitrary<infer T> ? T : never;

function decide({ typed: codes, needsClick, ...given }: Given): Attribution {
  const known = KNOWN.map((entry) => (needsClick ? { ...entry, needsClick } : entry));
  return attributed(codes, known, given);
}

/** Who earns what, without the candidates that are listed beside. */
function earned(attribution: Attribution) {
  return attribution.outcome === "credited" ? attribution.shares : attribution.outcome;
}

test("every order gets a decision, whose shares are of different partners and sum to every line exactly", () => {
  fc.assert(
    fc.property(orders, fc.array(fc.nat(1_000_000)), (order, lines) => {
      const attribution = decide(order);
      if (attribution.outcome === "nobody") return;
      const { shares } = attribution;
      const weights = shares.map(({ weight }) => weight);
      expect(weights.every((weight) => Number.isSafeInteger(weight) && weight > 0)).toBe(true);
      expect(new Set(shares.map(({ key }) => key)).size).toBe(shares.length);
      expect(new Set(shares.map(({ partner }) => partner?.partnerId)).size).toBe(shares.length);
      for (const line of lines) {
        const parts = apportion(line, weights);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(line);
      }
    }),
  );
});

test("any shares of two decimals that a merchant may enter are those of the order, exactly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999 }), (hundredths) => {
      const codePercent = (hundredths / 100).toFixed(2);
      const clickPercent = ((10_000 - hundredths) / 100).toFixed(2);
      const read = readMeeting({ meeting: "split", days: "", codePercent, clickPercent });
      if (!read.ok) throw new Error(JSON.stringify(read.problems));
      const shop = { scope: "shop" as const, rule: { ...FIRST_RULE, meeting: read.value } };
      const rulesOf = { shop: { ...shop, from: null }, overrides: [] };
      const clicksOf = [clickOf(CLEO, 3)];
      const decided = attributed(["ANNA10"], KNOWN, { clicks: clicksOf, rules: rulesOf });
      const weights = decided.outcome === "credited" ? decided.shares.map((one) => one.weight) : [];
      expect(apportion(10_000, weights)).toEqual([hundredths, 10_000 - hundredths]);
    }),
  );
});

test("a code or a click that has nothing to do with the shop changes nothing about who earns", () => {
  const strange = fc.constantFrom("", " ", "a b", "\u0000", "x".repeat(256), "ключ");
  fc.assert(
    fc.property(orders, clicks, strange, fc.nat(), (order, click, clickId, place) => {
      const at = place % (order.typed.length + 1);
      const changed = {
        ...order,
        typed: order.typed.toSpliced(at, 0, "SOMEBODY-ELSES"),
        tookMinor: order.tookMinor && order.tookMinor.toSpliced(at, 0, 9_999),
        clicks: [...order.clicks, { ...click, clickId }],
      };
      expect(earned(decide(changed))).toEqual(earned(decide(order)));
    }),
  );
});

test("a click that impact.com refuses, of an id of its own, changes nothing about who earns", () => {
  fc.assert(
    fc.property(orders, clicks, (order, click) => {
      const refused = { ...click, clickId: "another", refused: "other-program" as const };
      const changed = { ...order, clicks: [refused, ...order.clicks] };
      expect(earned(decide(changed))).toEqual(earned(decide(order)));
    }),
  );
});

test("a click of which impact.com tells nothing, beside one of which it does, changes nothing about who earns", () => {
  fc.assert(
    fc.property(orders, clicks, fc.boolean(), (order, click, isOpen) => {
      const told = { ...order, clicks: order.clicks.filter(({ partner }) => partner) };
      const by = told.clicks.length > 0 && decide(told).candidates;
      fc.pre(by && by.some((one) => one.kind === "click" && !isRefused(one)));
      const { source, seenAt } = click;
      const untold = { clickId: "another", source, seenAt, partner: null, clickedAt: null };
      const another: Click = isOpen ? { ...untold, isOpen } : untold;
      const changed = { ...told, clicks: [another, ...told.clicks] };
      expect(earned(decide(changed))).toEqual(earned(decide(told)));
    }),
  );
});

test("nothing is ever reported by a click that impact.com does not track, or counts no more", () => {
  const oldest = new Date(PLACED_AT.getTime() - 30 * 86_400_000);
  fc.assert(
    fc.property(orders, (order) => {
      const lost = order.clicks.flatMap(({ clickId, isUntracked }) =>
        isUntracked ? [clickId] : [],
      );
      const attribution = decide(order);
      const old = attribution.candidates.filter(
        (one) => one.kind === "click" && one.at && one.at < oldest,
      );
      expect(old.every(({ verdict }) => REFUSALS.includes(verdict))).toBe(true);
      if (attribution.outcome === "nobody") return;
      const byClick = attribution.shares.flatMap(({ by }) =>
        by.kind === "click" ? [by.clickId] : [],
      );
      expect(byClick.filter((clickId) => lost.includes(clickId))).toEqual([]);
    }),
  );
});

const REFUSALS = ["malformed", "unknown-there", "other-program", "partner-removed", "too-old"];

test("decided again by the clicks that its decision names, an order is decided the same", () => {
  fc.assert(
    fc.property(orders, (order) => {
      // Whose they were is known by their ids, whoever names them.
      const lookedUp = (told: ToldClick): Click => {
        const { partner, clickedAt, refused, isUntracked } =
          order.clicks.find(({ clickId }) => clickId === told.clickId) ?? NOT_LOOKED_UP;
        const said = { ...(refused && { refused }), ...(isUntracked && { isUntracked }) };
        return { ...told, partner, clickedAt, ...said };
      };
      const told = order.clicks.map(({ clickId, source, seenAt }) => ({ clickId, source, seenAt }));
      const first = decide({ ...order, clicks: gatherClicks(told).map(lookedUp) });
      const again = decide({ ...order, clicks: clicksNamedIn(first).map(lookedUp) });
      expect(earned(again)).toEqual(earned(first));
      expect(clicksNamedIn(again)).toEqual(clicksNamedIn(first));
    }),
  );
});

test("in whatever order clicks come, the decision is the same", () => {
  const shuffled = orders.chain((order) =>
    fc.tuple(
      fc.constant(order),
      fc.shuffledSubarray(order.clicks, {
        minLength: order.clicks.length,
        maxLength: order.clicks.length,
      }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([order, again]) => {
      expect(decide({ ...order, clicks: again })).toEqual(decide(order));
    }),
  );
});
