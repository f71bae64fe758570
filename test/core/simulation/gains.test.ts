import fc from "fast-check";
import { expect, test } from "vitest";
import { gainsOf, keyOf, movesBetween, type Gain } from "#app/core/simulation/gains.ts";
import type { Attribution, Share } from "#app/core/attribution/attribution.ts";
import { FIRST_RULES } from "#app/core/attribution/rules-at.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";

const judged = { rules: [FIRST_RULES.shop], candidates: [] };
const nobody: Attribution = { outcome: "nobody", because: "no-code", ...judged };

const share = fc.record({
  partner: fc.option(fc.constantFrom("1", "2", "3", "4")),
  weight: fc.integer({ min: 1, max: 100 }),
});
const attribution = fc
  .option(fc.array(share, { minLength: 1, maxLength: 4 }))
  .map((parts): Attribution => {
    const [first, ...rest] = (parts ?? []).map(({ partner, weight }, index): Share => {
      const id = partner as PartnerId | null;
      const by = { kind: "code" as const, code: `C${index}` as DiscountCode };
      return { key: `${index}`, weight, partner: id && { partnerId: id, name: `P${id}` }, by };
    });
    return first
      ? ({
          outcome: "credited",
          shares: [first, ...rest],
          because: "click-alone",
          ...judged,
        } as const)
      : nobody;
  });

const sum = (gains: readonly { minor: number }[]) =>
  gains.reduce((all, { minor }) => all + minor, 0);
const byKey = (gains: readonly Gain[]) =>
  new Map(
    gains.filter(({ minor }) => minor > 0).map(({ earner, minor }) => [keyOf(earner), minor]),
  );

test("an order's value is among its earners to the minor unit, each of them once", () => {
  fc.assert(
    fc.property(attribution, fc.nat(10_000_000), (decided, netMinor) => {
      const gains = gainsOf(decided, netMinor);
      expect(sum(gains)).toBe(netMinor);
      expect(new Set(gains.map(({ earner }) => keyOf(earner))).size).toBe(gains.length);
    }),
  );
});

test("what moves makes of today's gains exactly those of the other rule", () => {
  fc.assert(
    fc.property(attribution, attribution, fc.nat(10_000_000), (one, other, netMinor) => {
      const [today, then] = [gainsOf(one, netMinor), gainsOf(other, netMinor)];
      const moved = byKey(today);
      for (const { from, to, minor } of movesBetween(today, then)) {
        expect(minor).toBeGreaterThan(0);
        moved.set(keyOf(from), (moved.get(keyOf(from)) ?? 0) - minor);
        moved.set(keyOf(to), (moved.get(keyOf(to)) ?? 0) + minor);
      }
      const left = new Map([...moved].filter(([, minor]) => minor !== 0));
      expect(new Map([...left].toSorted())).toEqual(new Map([...byKey(then)].toSorted()));
    }),
  );
});

test("nothing moves where both rules decide alike", () => {
  fc.assert(
    fc.property(attribution, fc.nat(10_000), (decided, netMinor) => {
      const gains = gainsOf(decided, netMinor);
      expect(movesBetween(gains, gains)).toEqual([]);
    }),
  );
});
