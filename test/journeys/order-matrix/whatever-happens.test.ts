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
      fc.asyncProperty(life, async (any) => {
        const given = { ...any, ...withoutGuesses(any) };
        await choose(shop, given);
        const order = await live(shop, given);
        const held = heldAt(shop.world.impactState, order.id).amountMinor;
        const off = Math.abs(held - finallyPaidFor(order, given.basis));
        expect(off).toBeLessThanOrEqual(given.mayBeOff);
      }),
      { numRuns: 20 },
    );
    // Lives that impact.com never heard of would all come out even.
    const { impactState, impact } = shop.world;
    expect(actionsOf(impactState).length).toBeGreaterThan(0);
    expect(impact.requests.some(({ method }) => method === "PUT")).toBe(true);
  },
);

/**
 * Exact, but where an edit's units are in no refund: what they were worth is then our guess, a minor
 * unit of goods or tax for each, and units put back at full price can't be told from units that stayed.
 */
function withoutGuesses({ editsAppearAsRefunds, steps, basis }: Life) {
  if (editsAppearAsRefunds) return { steps, mayBeOff: 0 };
  const told = steps.filter(({ step }) => step.kind !== "raise");
  const edits = told.filter(({ step }) => step.kind === "remove").length;
  return { steps: told, mayBeOff: basis === "net-with-tax" ? 2 * edits : edits };
}
