import { expect, test } from "vitest";
import { readRules } from "#app/core/attribution/read-rules.ts";
import type { RuleForm } from "#app/core/attribution/read-rule.ts";
import { saveRule } from "#app/core/attribution/save-rule.ts";
import { RULE_FORM } from "#test/core/given/rule-form.ts";
import { clickOf } from "#test/core/given/shared-orders.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { totalOf } from "#test/sandbox/impact/actions/total-of.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";

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
    const saved = await saveRule(world.ports, { shop: world.domain, ...RULE_FORM, ...changes });
    expect(saved).toMatchObject({ ok: true });
    world.clock.pass(1_000);
    const orderId = await buyAndDeliver(world, { codes, cartAttributes });
    const paid = actionsOf(world.impactState)
      .filter((action) => action.orderId.startsWith(orderId))
      .map(({ partnerId, because, items }) => [partnerId, because, totalOf(items).amountMinor]);
    return { paid, standing: await standingOf(world, orderId) };
  };
  return { world, under };
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

test("where impact.com tracks no clicks of partners with ALWAYS codes, what goes to Ben's click is credited to nobody", async () => {
  const { world, under } = await shopWithClick();
  world.impactState.rules.alwaysCodeSilencesClicks = true;
  const ben = world.account.promoCodes.find(({ code }) => code === "BEN10");
  if (!ben) throw new Error("Ben has a code");
  // He had it before anybody clicked.
  ben.startsAt = new Date(0);
  const codes = ["ANNA10"];
  const lost = { state: "failed", reason: "not-credited" };
  expect((await under({}, codes)).paid).toEqual([["10001", "promo code", 6_210]]);
  for (const meeting of ["code-without-click", "newer-click-wins"]) {
    const toClick = await under({ meeting }, codes);
    expect([meeting, toClick.paid, toClick.standing]).toMatchObject([meeting, [], lost]);
  }
  const split = await under({ meeting: "split" }, codes);
  expect(split.paid).toEqual([["10001", "promo code", 4_347]]);
  expect(split.standing).toMatchObject(lost);
  // Said beside each of these choices before they are made.
  const { silenced } = await readRules(world.ports, world.domain);
  expect(silenced.map(({ name }) => name)).toEqual(["Anna Able", "Ben Baker"]);
  // A partner without a code of their own is tracked as ever.
  ben.creditPolicy = "INVOLVED";
  expect((await under({ meeting: "code-without-click" }, codes)).paid).toEqual([
    ["10002", "click", 6_210],
  ]);
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
