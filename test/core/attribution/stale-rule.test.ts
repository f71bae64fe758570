import { expect, test } from "vitest";
import type { RuleForm } from "#app/core/attribution/read-rule.ts";
import { saveOverride, saveRule, takeBackOverride } from "#app/core/attribution/save-rule.ts";
import { openRule, saveOverrideNow, saveRuleNow } from "#test/core/given/just-opened.ts";
import { RULE_FORM } from "#test/core/given/rule-form.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import type { World } from "#test/support/world.ts";

const ANNA10 = { scope: "code" as const, subject: "ANNA10" };
const SPLIT: RuleForm = { ...RULE_FORM, meeting: "split" };
const CLICK: RuleForm = { ...RULE_FORM, meeting: "code-without-click" };

async function meetingsOf({ ports, domain }: World) {
  return (await ports.store.rules.list(domain)).map(({ rule }) => rule?.meeting.kind ?? null);
}

test("a rule saved after a form was opened is told and not taken back, unless the form is saved again", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  const opened = await openRule(ports, shop);
  const from = clock.now();
  expect(await saveRule(ports, { shop, opened, ...SPLIT })).toEqual({ ok: true, isNew: true });
  clock.pass(60_000);

  const rule = { meeting: { kind: "split" } };
  const refused = { ok: false, problems: [], newer: { scope: "shop", rule, from } };
  expect(await saveRule(ports, { shop, opened, ...CLICK })).toMatchObject(refused);
  expect(await meetingsOf(world)).toEqual(["split"]);
  const told = await openRule(ports, shop);
  expect(told).not.toBe(opened);
  expect(await saveRule(ports, { shop, opened: told, ...CLICK })).toMatchObject({ ok: true });
  expect(await meetingsOf(world)).toEqual(["split", "code-without-click"]);
});

test("a form of rules that says what is in force already may be sent once more", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const opened = await openRule(ports, shop);
  await saveRule(ports, { shop, opened, ...SPLIT });
  expect(await saveRule(ports, { shop, opened, ...SPLIT })).toEqual({ ok: true, isNew: false });
  const anna10 = { shop, opened: await openRule(ports, shop, ANNA10), ...ANNA10 };
  expect(await saveOverride(ports, { ...SPLIT, ...anna10 })).toMatchObject({ isNew: true });
  expect(await saveOverride(ports, { ...SPLIT, ...anna10 })).toMatchObject({ isNew: false });
  const taken = { ...anna10, opened: await openRule(ports, shop, ANNA10) };
  expect(await takeBackOverride(ports, taken)).toMatchObject({ isNew: true });
  expect(await takeBackOverride(ports, taken)).toMatchObject({ isNew: false });
});

test("a code's rule that was set, changed or taken back meanwhile is not replaced unnoticed", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  const none = await openRule(ports, shop, ANNA10);
  const save = (opened: string, form: RuleForm) =>
    saveOverride(ports, { shop, opened, ...ANNA10, ...form });
  const newerIs = (meeting: string | null) => ({
    ...{ ok: false, problems: [] },
    newer: { ...ANNA10, rule: meeting && { meeting: { kind: meeting } } },
  });
  await save(none, SPLIT);
  expect(await save(none, CLICK)).toMatchObject(newerIs("split"));
  const split = await openRule(ports, shop, ANNA10);
  clock.pass(1_000);
  await save(split, CLICK);
  expect(await takeBackOverride(ports, { shop, opened: split, ...ANNA10 })).toMatchObject(
    newerIs("code-without-click"),
  );
  const click = await openRule(ports, shop, ANNA10);
  clock.pass(1_000);
  await takeBackOverride(ports, { shop, opened: click, ...ANNA10 });
  expect(await save(click, SPLIT)).toMatchObject({
    ...newerIs(null),
    newer: { rule: null, from: clock.now() },
  });
  expect(await meetingsOf(world)).toEqual(["split", "code-without-click", null]);
});

test("what was saved for another code or for the shop contradicts no form of a code's rule", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const opened = await openRule(ports, shop, ANNA10);
  await saveRuleNow(ports, { shop, ...SPLIT });
  await saveOverrideNow(ports, { shop, scope: "code", subject: "BEN10", ...CLICK });
  const asked = { shop, opened, ...ANNA10 };
  expect(await saveOverride(ports, { ...asked, ...CLICK })).toMatchObject({ ok: true });
});

test("of forms that were opened on one rule and saved at once, one is saved and the others are told", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const opened = await openRule(ports, shop);
  const days = ["1", "2", "3", "4", "5"];
  const answers = await Promise.all(
    days.map((day) =>
      saveRule(ports, { shop, opened, ...RULE_FORM, meeting: "newer-click-wins", days: day }),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const [saved] = await ports.store.rules.list(shop);
  for (const answer of answers) {
    if (!answer.ok) expect(answer.newer).toMatchObject({ rule: saved?.rule, from: saved?.from });
  }
  expect(await meetingsOf(world)).toHaveLength(1);
});

test("a form that doesn't say on which rule it was opened changes nothing", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const refused = { ok: false, newer: { from: null } };
  expect(await saveRule(ports, { shop, opened: "", ...SPLIT })).toMatchObject(refused);
  const anna10 = { shop, opened: "", ...ANNA10 };
  expect(await saveOverride(ports, { ...anna10, ...SPLIT })).toMatchObject(refused);
  expect(await meetingsOf(world)).toEqual([]);
});
