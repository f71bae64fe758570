import { expect, test } from "vitest";
import type { RuleForm } from "#app/core/attribution/read-rule.ts";
import { saveRule } from "#app/core/attribution/save-rule.ts";
import { clickOf } from "#test/core/given/shared-orders.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { totalOf } from "#test/sandbox/impact/actions/total-of.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";

const FORM: RuleForm = {
  meeting: "code-wins",
  days: "7",
  codePercent: "70",
  clickPercent: "30",
  several: "first-entered",
  discounts: [],
  clickAlone: "leave",
};
const DAY = 86_400_000;

/** A shop to which Ben's click leads a day before every order; orders and what impact.com paid for each. */
async function shopWithClick() {
  const world = await worldWithCodes();
  clickOf(world, "10002");
  const cartAttributes = {
    irclickid: "click-1",
    irclickid_seen: new Date(world.clock.now().getTime() - DAY).toISOString(),
  };
  const under = async (changes: Partial<RuleForm>, codes: string[]) => {
    world.clock.pass(1_000);
    const saved = await saveRule(world.ports, { shop: world.domain, ...FORM, ...changes });
    expect(saved).toMatchObject({ ok: true });
    world.clock.pass(1_000);
    const orderId = await buyAndDeliver(world, { codes, cartAttributes });
    const paid = actionsOf(world.impactState)
      .filter((action) => action.orderId.startsWith(orderId))
      .map(({ partnerId, because, items }) => [partnerId, because, totalOf(items).amountMinor]);
    return { paid, standing: await standingOf(world, orderId) };
  };
  return { under };
}

test("each rule has impact.com credit exactly whom it says, where Ben's click meets Anna's code", async () => {
  const { under } = await shopWithClick();
  const anna = ["10001", "promo code", 6_210];
  const ben = ["10002", "click", 6_210];
  const code = ["ANNA10"];
  expect((await under({}, code)).paid).toEqual([anna]);
  expect((await under({ meeting: "code-without-click" }, code)).paid).toEqual([ben]);
  expect((await under({ meeting: "newer-click-wins", days: "7" }, code)).paid).toEqual([ben]);
  const split = await under({ meeting: "split" }, code);
  expect(split.paid.toSorted()).toEqual([
    ["10001", "promo code", 4_347],
    ["10002", "click", 1_863],
  ]);
  expect(split.standing).toMatchObject({ state: "reported", reason: "credited" });
});

test("a click without a partner's code is left to impact.com's tag, unless the rule has it reported", async () => {
  const { under } = await shopWithClick();
  const left = await under({}, []);
  expect(left).toMatchObject({
    paid: [],
    standing: { state: "ignored", reason: "left-to-click" },
  });
  expect((await under({ clickAlone: "report" }, [])).paid).toEqual([["10002", "click", 6_900]]);
});
