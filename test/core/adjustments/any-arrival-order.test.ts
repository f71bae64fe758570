import fc from "fast-check";
import { expect, test } from "vitest";
import { heldBy, judgeConversion } from "#app/core/adjustments/judge-conversion.ts";
import { heldMinor } from "#app/core/adjustments/plan-adjustment.ts";
import { conversionLines } from "#app/core/conversions/conversion-lines.ts";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import type { OrderPart } from "#app/core/conversions/part-of-lines.ts";
import type { OrderFacts, Refund } from "#app/core/orders/order-facts.ts";
import type { Order } from "#app/core/orders/order.ts";
import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import { paidInTheEnd, storyOfAnOrder, toOrder, type Story } from "#test/core/given/order-story.ts";

/** One thing we hear: the order as of some step, or a refund by itself. */
type News = { version: number; facts: OrderFacts } | { refund: Refund };

/** Everything Shopify tells of a story, step by step. */
function newsOf(story: Story): News[] {
  const versions = story.steps.map((_, index) => index + 1);
  const told = [0, ...versions].map((version) => {
    const order = toOrder({ ...story, steps: story.steps.slice(0, version) });
    return { version, facts: order.facts };
  });
  const refunds = toOrder(story).refunds.map((refund) => ({ refund }));
  return [...told, ...refunds];
}

/** What is known of the order after some news: the newest facts and every refund. */
function known(news: readonly News[]): Order | null {
  let newest: Extract<News, { version: number }> | null = null;
  const refunds: Refund[] = [];
  for (const one of news) {
    if ("refund" in one) refunds.push(one.refund);
    else if (!newest || one.version > newest.version) newest = one;
  }
  if (!newest) return null;
  const { facts } = newest;
  const all = new Map([...refunds, ...facts.refunds].map((refund) => [refund.refundId, refund]));
  const { currency } = facts;
  return { facts, refunds: [...all.values()], deletedAt: null, currency } as unknown as Order;
}

function reported(
  order: Order,
  amountBasis: AmountBasis,
  part: OrderPart | null,
): Conversion | null {
  const lines = conversionLines(order, amountBasis, new Map(), part);
  if (lines.length === 0) return null;
  const { currency } = order;
  const conversion = { lines, held: [], reversedAt: null, amountBasis, part, currency } as object;
  return conversion as Conversion;
}

/** What impact.com holds once it has followed the order as it is known now. */
function followed(order: Order, conversion: Conversion): Conversion | null {
  const judgement = judgeConversion(order, conversion, null);
  if (judgement.outcome === "leave") return conversion;
  if (judgement.outcome === "report-again") {
    return reported(order, conversion.amountBasis, conversion.part);
  }
  const { kind, target } = judgement.plan;
  return { ...conversion, held: target, reversedAt: kind === "reversal" ? new Date(0) : null };
}

function finallyHeld(
  news: readonly News[],
  basis: AmountBasis,
  part: OrderPart | null = null,
): number {
  let conversion: Conversion | null = null;
  for (const index of news.keys()) {
    const order = known(news.slice(0, index + 1));
    if (!order) continue;
    conversion = conversion ? followed(order, conversion) : reported(order, basis, part);
  }
  return conversion ? heldMinor(heldBy(conversion)) : 0;
}

const basis = fc.constantFrom<AmountBasis[]>("net", "net-with-tax", "gross");

const heard = storyOfAnOrder.chain((story) => {
  const news = newsOf(story);
  const shuffled = fc.shuffledSubarray(news, { minLength: news.length });
  const twice = fc.shuffledSubarray(news);
  return fc.tuple(fc.constant(story), shuffled, twice);
});

test("any story, heard in any order and some of it twice: impact.com ends up with what was paid for", () => {
  fc.assert(
    fc.property(heard, basis, ([story, news, again], amountBasis) => {
      const held = finallyHeld([...news, ...again], amountBasis);
      expect(BigInt(held)).toBe(paidInTheEnd(story, amountBasis));
    }),
    { numRuns: 500 },
  );
});

test("any story of an order that several share, each of whom may hear it in another order: the actions sum to what was paid for", () => {
  const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(heard, basis, weights, ([story, news, again], amountBasis, all) => {
      const parts = all.map((_, position) => {
        const mine = position % 2 === 0 ? news : news.toReversed();
        return finallyHeld([...mine, ...again], amountBasis, { weights: all, position });
      });
      const held = parts.reduce((sum, one) => sum + BigInt(one), 0n);
      expect(held).toBe(paidInTheEnd(story, amountBasis));
    }),
    { numRuns: 300 },
  );
});
