import fc from "fast-check";
import { expect, test } from "vitest";
import { saveReportSettings } from "#app/core/shops/save-report-settings.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { finallyPaidFor } from "./finally-paid.ts";
import { life, live, type Life } from "./living.ts";
import { matrixShop, type MatrixShop } from "./matrix-shop.ts";

async function choose({ world }: MatrixShop, { basis }: Life): Promise<void> {
  const settings = { reportWhen: "created", amountBasis: basis };
  await saveReportSettings(world.ports, { shop: world.domain, ...settings });
}

test.each(["USD", "JPY", "KWD"])(
  "whatever happens to orders in %s, and however and whenever it is heard of, impact.com ends up with what was paid for",
  async (currency) => {
    const shop = await matrixShop({ currency });
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
