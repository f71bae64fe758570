import fc from "fast-check";
import { expect, test } from "vitest";
import { saveReportSettingsNow } from "#test/core/given/just-opened.ts";
import { CLICKED, clickOf, shareOrders, trackClicksOf } from "#test/core/given/shared-orders.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { linesOf } from "#test/sandbox/shopify/orders/order-books.ts";
import type { ImpactState } from "#test/sandbox/impact/state.ts";
import { finallyPaidFor } from "./finally-paid.ts";
import { life, live, type Life } from "./living.ts";
import { matrixShop, type MatrixShop } from "./matrix-shop.ts";

async function choose({ world }: MatrixShop, { basis }: Life): Promise<void> {
  const settings = { reportWhen: "created", amountBasis: basis };
  await saveReportSettingsNow(world.ports, { shop: world.domain, ...settings });
}

/** The account's currency is the dollar; in which one a change's amounts are read is not documented. */
function readIn({ world }: MatrixShop, changedAmounts: Readings): void {
  world.impactState.rules.changedAmounts = changedAmounts;
  Object.assign(world.account.exchangeRates, { JPY: "0.0067", KWD: "3.25" });
}

type Readings = ImpactState["rules"]["changedAmounts"];

test.each([
  ["USD", "order's currency"],
  ["JPY", "account's currency"],
  ["KWD", "order's currency"],
] as const)(
  "whatever happens to orders in %s, and however and whenever it is heard of, impact.com ends up with what was paid for (changes read in the %s)",
  async (currency, changedAmounts) => {
    const shop = await matrixShop({ currency });
    readIn(shop, changedAmounts);
    await fc.assert(
      fc.asyncProperty(life, async (given) => {
        await choose(shop, given);
        const order = await live(shop, given);
        const held = heldAt(shop.world.impactState, order.id).amountMinor;
        expect(held).toBe(finallyPaidFor(order, given.basis));
      }),
      { numRuns: 20 },
    );
    // Lives that impact.com never heard of would all come out even.
    const { impactState, impact } = shop.world;
    expect(actionsOf(impactState).length).toBeGreaterThan(0);
    expect(impact.requests.some(({ method }) => method === "PUT")).toBe(true);
  },
);

test.each([
  ["USD", [60, 40], "order's currency"],
  ["USD", [30, 70], "order's currency"],
  ["JPY", [50, 50], "account's currency"],
  ["KWD", [99, 1], "order's currency"],
] as const)(
  "whatever happens to orders in %s that a code and a click share %j, both actions end at their parts of what was paid for (changes read in the %s)",
  async (currency, [codePercent, clickPercent], changedAmounts) => {
    const plain = await matrixShop({ currency });
    const { order } = plain;
    const shop = { ...plain, order: (given = {}) => order({ ...given, cartAttributes: CLICKED }) };
    const { impactState } = shop.world;
    readIn(shop, changedAmounts);
    clickOf(shop.world, "10002");
    await trackClicksOf(shop.world, "10002");
    await shareOrders(shop.world, [codePercent, clickPercent]);
    await fc.assert(
      fc.asyncProperty(life, async (given) => {
        await choose(shop, given);
        const bought = await live(shop, given);
        const paid = finallyPaidFor(bought, given.basis);
        const code = heldAt(impactState, `${bought.id}-code`).amountMinor;
        const click = heldAt(impactState, `${bought.id}-click`).amountMinor;
        expect(code + click).toBe(paid);
        // Each line's odd unit is the larger remainder's.
        const odd = Math.abs(100 * code - codePercent * paid);
        expect(odd).toBeLessThanOrEqual(100 * linesOf(bought).length);
        expect(await shop.ledger(bought)).not.toMatchObject({ state: "waiting" });
      }),
      { numRuns: 10 },
    );
    expect(actionsOf(impactState).some(({ because }) => because === "click")).toBe(true);
  },
);
