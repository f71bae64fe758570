import fc from "fast-check";
import { expect, test } from "vitest";
import { apportion } from "#app/core/apportion.ts";
import type { Credited, Share } from "#app/core/attribution/attribution.ts";
import type { Click } from "#app/core/attribution/click.ts";
import type { RulesAt } from "#app/core/attribution/rules-at.ts";
import type { OrderPart } from "#app/core/conversions/part-of-lines.ts";
import { rearrangeParts, type TriedPart } from "#app/core/conversions/rearrange-parts.ts";
import type { DiscountCode } from "#app/core/ids.ts";
import { clicks, rules } from "#test/core/attribution/any-order.ts";
import { ANNA, BEN, CLEO, KNOWN } from "#test/core/attribution/rule-table.ts";
import { attributed } from "#test/core/given/attributed.ts";

const contested = fc.record({
  typed: fc.shuffledSubarray(["ANNA10", "ANNA20", "BEN10", "FREE10"], { minLength: 2 }),
  clicks: fc.array(
    fc.record({ click: clicks, nth: fc.nat(3), partner: fc.constantFrom(ANNA, BEN, CLEO) }),
    { minLength: 1, maxLength: 4 },
  ),
  rules,
  /** Which parts may be at impact.com by the time a click is refused, in turn. */
  isTried: fc.infiniteStream(fc.boolean()),
  lines: fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 4 }),
});

interface Sent extends TriedPart {
  part: OrderPart;
}

test("whatever clicks are refused in turn, what is at impact.com is what the order is decided to be without them, to the minor unit", () => {
  fc.assert(
    fc.property(contested, ({ typed, rules: rulesAt, isTried, lines, ...given }) => {
      let told = given.clicks.map(({ click, nth, partner }): Click => {
        const { source, seenAt, clickedAt } = click;
        return { ...{ clickId: `c${nth}`, source, seenAt, clickedAt }, partner };
      });
      const decide = () => decidedBy(typed, told, rulesAt);
      let decided = decide();
      let parts = sentAnew(decided.shares);
      let refused = parts.find(({ code }) => code === null);
      while (refused) {
        const { clickId } = refused;
        told = told.map((one) =>
          one.clickId === clickId ? { ...one, refused: "not-payable" as const } : one,
        );
        decided = decide();
        const tried = parts.filter((one) => one.code !== null && isTried.next().value);
        parts = tried.length > 0 ? rearranged(decided, tried) : sentAnew(decided.shares);
        refused = parts.find(({ code }) => code === null);
      }
      for (const minor of lines) {
        expect(heldOf(parts, minor)).toEqual(heldOf(sentAnew(decided.shares), minor));
      }
      const numbers = parts.map(({ share }) => share.replaceAll("-", ""));
      expect(new Set(numbers).size).toBe(parts.length);
    }),
  );
});

test("a part whose share is none any more is worth nothing, and its key stays its own", () => {
  const ben = { id: "bens", share: "code", code: "BEN10" as DiscountCode, clickId: null };
  const share = { key: "code", weight: 1, partner: ANNA, by: byCode("ANNA10") };
  const { shares, parts, fresh } = rearrangeParts([share], [ben]);
  expect(parts).toEqual(new Map([["bens", { weights: [1, 0], position: 1 }]]));
  expect(shares).toEqual([{ ...share, key: "code-2" }]);
  expect(fresh).toEqual([
    { share: { ...share, key: "code-2" }, part: { weights: [1, 0], position: 0 } },
  ]);
});

const byCode = (code: string) => ({ kind: "code" as const, code: code as DiscountCode });

function decidedBy(typed: string[], told: Click[], rulesAt: RulesAt): Credited {
  const decided = attributed(typed, KNOWN, { clicks: told, rules: rulesAt });
  if (decided.outcome !== "credited") throw new Error("one of any two of them is a partner's");
  return decided;
}

function sentAnew(shares: Credited["shares"]): Sent[] {
  const weights = shares.map(({ weight }) => weight);
  return shares.map((share, position) => sentAs(share, { weights, position }));
}

function sentAs({ key, by }: Share, part: OrderPart): Sent {
  const [code, clickId] = by.kind === "code" ? [by.code, null] : [null, by.clickId];
  return { id: `${key} ${code ?? clickId}`, share: key, code, clickId, part };
}

function rearranged(decided: Credited, tried: Sent[]): Sent[] {
  const { parts, fresh } = rearrangeParts(decided.shares, tried);
  const kept = tried.map((one) => ({ ...one, part: parts.get(one.id) ?? one.part }));
  return [...kept, ...fresh.map(({ share, part }) => sentAs(share, part))];
}

/** What each code and click has of a line; those that have nothing are left out. */
function heldOf(parts: Sent[], minor: number): Record<string, number> {
  const held = parts.map(({ code, clickId, part }): [string, number] => {
    return [code ?? clickId ?? "", apportion(minor, part.weights)[part.position] ?? 0];
  });
  return Object.fromEntries(held.filter(([, amount]) => amount > 0));
}
