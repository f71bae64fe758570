import fc from "fast-check";
import type { Click } from "#app/core/attribution/click.ts";
import type { Meeting, Several } from "#app/core/attribution/rule.ts";
import type { RulesAt } from "#app/core/attribution/rules-at.ts";
import { PLACED_AT } from "#test/core/given/attributed.ts";
import { ANNA, BEN, CLEO } from "./rule-table.ts";

const meetings: fc.Arbitrary<Meeting> = fc.oneof(
  fc.constant({ kind: "code-wins" as const }),
  fc.constant({ kind: "code-without-click" as const }),
  fc.record({ kind: fc.constant("newer-click-wins" as const), days: fc.nat(90) }),
  fc.integer({ min: 1, max: 9_999 }).map((hundredths) => ({
    kind: "split" as const,
    codePercent: hundredths / 100,
    clickPercent: (10_000 - hundredths) / 100,
  })),
);
const severals: fc.Arbitrary<Several> = fc.oneof(
  fc.constant({ kind: "first-entered" as const }),
  fc.constant({ kind: "largest-discount" as const }),
  fc.constant({ kind: "split-evenly" as const }),
  fc.record({
    kind: fc.constant("highest-priority" as const),
    discounts: fc.subarray(["spring", "summer", "winter"]),
  }),
);
/** Whatever a shop may have chosen. */
export const rules: fc.Arbitrary<RulesAt> = fc.record({
  shop: fc.record({
    scope: fc.constant("shop" as const),
    rule: fc.record({
      meeting: meetings,
      several: severals,
      clickAlone: fc.constantFrom("leave", "report"),
    }),
    from: fc.constant(null),
  }),
  overrides: fc.array(
    fc.record({
      scope: fc.constantFrom("code", "partner", "discount"),
      subject: fc.constantFrom("ANNA10", "BEN10", ANNA.partnerId, BEN.partnerId, "summer"),
      rule: fc.record({ meeting: meetings }),
      from: fc.constant(PLACED_AT),
    }),
    { maxLength: 3 },
  ),
});
const times = fc.option(
  fc.integer({ min: -5, max: 60 }).map((days) => new Date(PLACED_AT.getTime() - days * 86_400_000)),
);
const partners = fc.constantFrom(ANNA, BEN, CLEO, null);
/** Whatever may be told of a click, and by whomever. */
export const clicks: fc.Arbitrary<Click> = fc.record(
  {
    clickId: fc.oneof(
      fc.constantFrom("c1", "c2", "c3", "", "not one", "x".repeat(64)),
      fc.string(),
    ),
    source: fc.constantFrom("cart", "pixel", "landing"),
    seenAt: times,
    partner: partners,
    clickedAt: times,
    refused: fc.constantFrom("unknown-there", "other-program", "partner-removed"),
    isUntracked: fc.constant(true),
  },
  { requiredKeys: ["clickId", "source", "seenAt", "partner", "clickedAt"] },
);
const typed = fc.array(
  fc.constantFrom<string[]>("ANNA10", "anna20", "BEN10", "FREE10", "STRANGER"),
);
/** Whatever may come as an order, under whatever rules. */
export const orders = fc
  .record({ typed, clicks: fc.array(clicks, { maxLength: 5 }), rules })
  .chain((order) =>
    fc.record({
      ...{ typed: fc.constant(order.typed), clicks: fc.constant(order.clicks) },
      rules: fc.constant(order.rules),
      needsClick: fc.constantFrom(undefined, "INVOLVED" as const, "WINNER" as const),
      tookMinor: fc.option(
        fc.array(fc.nat(5_000), { minLength: order.typed.length, maxLength: order.typed.length }),
      ),
    }),
  );
