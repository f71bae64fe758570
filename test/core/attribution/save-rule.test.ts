import { expect, test } from "vitest";
import {
  ALONE_CHOICES,
  MEETING_CHOICES,
  overrideSentence,
  ruleSentence,
  SEVERAL_CHOICES,
} from "#app/components/rules/rule-words.ts";
import { FIRST_RULE } from "#app/core/attribution/rule.ts";
import type { RuleForm } from "#app/core/attribution/read-rule.ts";
import type { DiscountCode } from "#app/core/ids.ts";
import { saveOverrideNow, saveRuleNow, takeBackOverrideNow } from "#test/core/given/just-opened.ts";
import { conversionOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const FORM: RuleForm = {
  meeting: "code-wins",
  days: "",
  codePercent: "",
  clickPercent: "",
  several: "first-entered",
  discounts: [],
  clickAlone: "leave",
};

function save({ ports, domain: shop }: World, changes: Partial<RuleForm>) {
  return saveRuleNow(ports, { shop, ...FORM, ...changes });
}

function rulesOf({ ports, domain }: World) {
  return ports.store.rules.list(domain);
}

test.each([
  [
    { meeting: "split", codePercent: "70", clickPercent: "40" },
    "codePercent",
    /70% and 40% make 110%/,
  ],
  [{ meeting: "split", codePercent: "100", clickPercent: "0" }, "codePercent", /at least 0\.01/],
  [{ meeting: "split", codePercent: "33.333", clickPercent: "66.667" }, "codePercent", /two decim/],
  [
    { meeting: "split", codePercent: "33.33", clickPercent: "66.66" },
    "codePercent",
    /33\.33% and 66\.66% make 99\.99%/,
  ],
  [{ meeting: "newer-click-wins", days: "0" }, "days", /1 to 365/],
  [{ meeting: "newer-click-wins", days: "soon" }, "days", /1 to 365/],
  [{ meeting: "__proto__" }, "meeting", /Choose/],
  [{ several: "highest-priority" }, "discounts", /at least one/],
  [{ several: "" }, "several", /Choose/],
  [{ clickAlone: "keep" }, "clickAlone", /Choose/],
  [{ clickDays: "0" }, "clickDays", /1 to 365/],
  [{ clickDays: "" }, "clickDays", /1 to 365/],
])("%j is not saved, with a sentence at the field “%s”", async (changes, field, message) => {
  const world = await createWorld();
  const answer = { ok: false, problems: [{ field, message: expect.stringMatching(message) }] };
  expect(await save(world, changes)).toMatchObject(answer);
  expect(await rulesOf(world)).toEqual([]);
});

test("each change is kept with its time, and what is in force already is not saved again", async () => {
  const world = await worldWithCodes();
  expect(await save(world, {})).toEqual({ ok: true, isNew: false });
  expect(await save(world, { clickDays: "30" })).toEqual({ ok: true, isNew: false });
  const first = world.clock.now();
  const split = { meeting: "split", codePercent: "33.33", clickPercent: "66,67" };
  expect(await save(world, split)).toEqual({ ok: true, isNew: true });
  expect(await save(world, split)).toEqual({ ok: true, isNew: false });
  // In the same moment, or by a clock that is behind: never before the one whose place it takes.
  await save(world, {});
  const meeting = { kind: "split", codePercent: 33.33, clickPercent: 66.67 };
  expect(await rulesOf(world)).toEqual([
    { scope: "shop", subject: "", rule: { ...FIRST_RULE, meeting }, from: first },
    { scope: "shop", subject: "", rule: FIRST_RULE, from: new Date(first.getTime() + 1) },
  ]);
});

test("an override is saved beside the shop's rule, and taken back leaves both on record", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const subject = { shop, scope: "code" as const, subject: "ANNA10" };
  expect(await saveOverrideNow(ports, { ...FORM, ...subject, meeting: "split" })).toMatchObject({
    ok: false,
    problems: [{ field: "codePercent" }],
  });
  await saveOverrideNow(ports, { ...FORM, ...subject, meeting: "code-without-click" });
  world.clock.pass(1_000);
  await takeBackOverrideNow(ports, subject);
  await takeBackOverrideNow(ports, subject);
  expect((await rulesOf(world)).map(({ scope, rule }) => [scope, rule])).toEqual([
    ["code", { meeting: { kind: "code-without-click" } }],
    ["code", null],
  ]);
});

/** Whose code an order with Anna's code and a larger one of Ben's earned it by. */
async function twoDiscounts(): Promise<{ world: World; codes: string[] }> {
  const world = await worldWithCodes();
  await makeDiscount(world, draftFor([["10002", "BENBIG"]], { title: "Big", value: "30" }));
  await world.drain();
  return { world, codes: ["ANNA10", "BENBIG"] };
}

test("the largest discount earns where the rule says so, as Shopify tells what each took off", async () => {
  const { world, codes } = await twoDiscounts();
  expect((await conversionOf(world, await buyAndDeliver(world, { codes }))).code).toBe("ANNA10");
  world.clock.pass(1_000);
  await save(world, { several: "largest-discount" });
  const orderId = await buyAndDeliver(world, { codes });
  expect(await conversionOf(world, orderId)).toMatchObject({ code: "BENBIG", partnerId: "10002" });
});

test("an order placed before a change is judged by the rule of its time, however late it comes", async () => {
  const { world, codes } = await twoDiscounts();
  const early = buy(world, { codes });
  world.clock.pass(60_000);
  await save(world, { several: "largest-discount" });
  await deliver(world, webhookFor(world, early));
  await world.drain();
  expect((await conversionOf(world, orderIdOf(early))).code).toBe("ANNA10");
});

test("a decision of the time before shares is read as it was meant", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["BEN10", "ANNA10"] });
  const { orders } = world.ports.store;
  const now = await orders.findAttribution(world.domain, orderId);
  const [anna, ben] = [
    { partnerId: "10001", name: "Anna Able" },
    { partnerId: "10002", name: "Ben Baker" },
  ];
  const stored = {
    ...{ outcome: "credited", rule: "first-code", partner: ben, code: "BEN10" },
    because: "first-of-several",
    candidates: [
      { code: "BEN10" as DiscountCode, partner: ben, verdict: "earns" },
      { code: "ANNA10" as DiscountCode, partner: anna, verdict: "entered-later" },
    ],
  };
  await world.prisma.attribution.updateMany({ where: { orderId }, data: { decision: stored } });
  expect(await orders.findAttribution(world.domain, orderId)).toEqual(now);
});

test("beside every choice that another report of an order can defeat stands that there may be none", () => {
  const choices = [...MEETING_CHOICES, ...SEVERAL_CHOICES, ...ALONE_CHOICES];
  const warned = choices.filter(({ helpText }) =>
    helpText.includes(
      "Choose it only if neither impact.com's tag nor another app reports your orders",
    ),
  );
  expect(warned.map(({ value }) => value)).toEqual([
    ...["code-without-click", "newer-click-wins", "split", "split-evenly", "report"],
  ]);
});

test("what a merchant is asked to confirm says the shares and the days", () => {
  const split = { ...FORM, meeting: "split", codePercent: "33.33", clickPercent: "66.67" };
  const shares = "Code and click share the order (33.33% for the code, 66.67% for the click).";
  expect(ruleSentence(split)).toContain(`Where a click meets a code: ${shares}`);
  expect(overrideSentence("code", split)).toContain(shares);
  expect(ruleSentence({ ...FORM, meeting: "newer-click-wins", days: "5" })).toContain(
    "A click wins while it is new (for 5 days).",
  );
});
