import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { previewChange } from "#app/core/changes/preview-change.ts";
import { startChange, type ChangeForm } from "#app/core/changes/start-change.ts";
import { warnRotation } from "#app/core/changes/warn-rotation.ts";
import { EVERY_CODE, type CodeSelection } from "#app/core/codes/code-selection.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { ANNA, BEN, standOf } from "#test/core/given/change-batch.ts";
import { drawn, familyWorld } from "#test/core/given/family-world.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { previewText } from "#app/components/changes/preview-text.server.ts";
import { choiceIn } from "#app/components/changes/change-query.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import type { World } from "#test/support/world.ts";

const ALL: CodeSelection = { kind: "matching", filter: EVERY_CODE };

/** A live, registered code of Anna's and Ben's each, a code of nobody's, and one never made. */
async function fourCodes(): Promise<World> {
  const world = await worldWithCodes();
  const { discountId } = await codeOf(world, "ANNA10");
  const { prisma, domain: shop, clock } = world;
  const base = { shop, discountId, impactState: "planned", createdAt: clock.now() };
  await prisma.code.createMany({
    data: [
      { ...base, code: "NOBODYS", shopifyState: "live" },
      { ...base, code: "NEVER", shopifyState: "failed" },
    ],
  });
  return world;
}

test("a preview counts what is changed on each side, and what is left as it is", async () => {
  const { ports, domain: shop } = await fourCodes();
  const counts = { all: 4, live: 3, registered: 2, unassigned: 1, alreadyTheirs: 0 };
  const asked = { shop, selection: ALL, partnerId: null };
  expect(await previewChange(ports, { ...asked, kind: "retire" })).toMatchObject({
    ...{ counts, changed: 3, requests: 2 },
  });
  expect(await previewChange(ports, { ...asked, kind: "rotate" })).toMatchObject({
    ...{ counts, changed: 2, requests: 4 },
  });
  const toBen = { ...asked, kind: "reassign", partnerId: BEN } as const;
  expect(await previewChange(ports, toBen)).toMatchObject({
    ...{ counts: { ...counts, alreadyTheirs: 1 }, changed: 2 },
  });
});

test("what a preview counts is said in sentences for each side", async () => {
  const { ports, domain: shop } = await fourCodes();
  const asked = { shop, selection: ALL, kind: "retire", partnerId: null } as const;
  const text = previewText(await previewChange(ports, asked), {
    ...{ choice: choiceIn(new URLSearchParams({ action: "retire" })), partner: null },
    ...{ startsAt: null, timeZone: "UTC" },
  });
  expect(text.shopify).toEqual([
    "3 codes are taken out of Shopify: customers who type them get no discount any more.",
    "A discount that loses its last code this way may be ended.",
    "1 code is not live, and left as it is.",
  ]);
  expect(text.impact).toEqual([
    "2 registrations are ended now.",
    "1 code is not registered.",
    "That takes 2 requests, of which this account's hour has room for 800 beside what is kept for orders: within the hour. Orders are reported first.",
  ]);
});

test("a rotation says of ended and deactivated discounts, and of lapsed partners, what it then does", async () => {
  const world = await fourCodes();
  const { ports, prisma, domain: shop, clock } = world;
  const flash = draftFor([["10001", "FLASH10"]], { title: "Flash" });
  const discountId = await makeDiscount(world, flash);
  await makeDiscount(world, draftFor([["10002", "LAPSED10"]], { title: "Others" }));
  await world.drain();
  clock.pass(60_000);
  await prisma.discount.update({ where: { id: discountId }, data: { endsAt: clock.now() } });
  await prisma.partner.updateMany({ where: { partnerId: BEN }, data: { hasContract: false } });
  const preview = await previewChange(ports, {
    ...{ shop, selection: ALL, kind: "rotate", partnerId: null },
  });
  // Only ANNA10 gets a successor; FLASH10, Ben's two and nobody's stay, and so do their registrations.
  expect(preview).toMatchObject({
    ...{ changed: 1, requests: 2 },
    counts: { all: 6, live: 5, ended: 1, lapsed: 2, unassigned: 1, endings: 1 },
  });
  const text = previewText(preview, {
    ...{ choice: choiceIn(new URLSearchParams({ action: "rotate" })), partner: null },
    ...{ startsAt: null, timeZone: "UTC" },
  });
  expect(text.shopify.slice(2)).toEqual([
    "2 codes are of partners without a live contract, and left as they are.",
    "1 code is of discounts that have ended, are deactivated or are gone from Shopify, where a new code would not work, and left as it is. Give the discount a later end, activate it or make it again first, or retire it.",
    "1 code is not live, and left as it is.",
    "1 code is nobody's, and left as it is.",
  ]);
  expect(text.impact.slice(0, 2)).toEqual([
    "1 code is registered anew.",
    "1 registration is ended when the old codes go.",
  ]);
  const started = await startChange(ports, { ...FORM, kind: "rotate", shop });
  if (!started.ok) throw new Error("refused");
  await world.drain();
  expect(await standOf(world, started.batchId)).toMatchObject({ done: 1, failed: 5 });
});

test("a family's registration ends with its last code, and its codes are given to nobody", async () => {
  const { world, discountId } = await familyWorld();
  const batchId = await drawn(world, discountId);
  await world.drain();
  const where = { batchId, code: { startsWith: "ANNA10-" } };
  const codes = await world.prisma.code.findMany({ where });
  const selection = { kind: "picked", codeIds: codes.map(({ id }) => id) } as const;
  const asked = { shop: world.domain, selection, partnerId: BEN };
  const retiring = await previewChange(world.ports, { ...asked, kind: "retire" });
  expect(retiring).toMatchObject({ changed: 5, requests: 1, counts: { endings: 1, goingOn: 0 } });
  const [, ...four] = selection.codeIds;
  const some = { ...asked, selection: { kind: "picked", codeIds: four } as const };
  const retiringSome = await previewChange(world.ports, { ...some, kind: "retire" });
  expect(retiringSome).toMatchObject({ requests: 0, counts: { endings: 0, goingOn: 4 } });
  const giving = await previewChange(world.ports, { ...asked, kind: "reassign" });
  expect(giving).toMatchObject({ changed: 0, requests: 0, counts: { bound: 5, free: 0 } });
  const choice = (kind: string) => choiceIn(new URLSearchParams({ action: kind }));
  const given = { partner: "Ben", startsAt: null, timeZone: "UTC" };
  expect(previewText(retiring, { ...given, choice: choice("retire") }).impact).toEqual([
    "1 registration is ended now.",
    "1 of these registrations is a code family's, which loses its last code.",
    expect.stringContaining("1 request") as string,
  ]);
  expect(previewText(retiringSome, { ...given, choice: choice("retire") }).impact).toEqual([
    "4 codes are registered together with other codes, as those of a family are: that registration goes on, and ends when the last of them is retired.",
  ]);
  expect(previewText(giving, { ...given, choice: choice("reassign") }).shopify).toContain(
    "5 codes are registered together with other codes of their partner, as those of a family are, and left as they are: retire them, and make the new partner others.",
  );
});

test("codes that share a registration end it together, and are given away by none", async () => {
  const world = await worldWithCodes();
  const { impactPromoCodeId } = await codeOf(world, "ANNA10");
  await world.prisma.code.updateMany({ where: { code: "BEN10" }, data: { impactPromoCodeId } });
  const preview = async (texts: string[], kind: "retire" | "reassign") => {
    const codes = await Promise.all(texts.map((text) => codeOf(world, text)));
    const selection: CodeSelection = { kind: "picked", codeIds: codes.map(({ id }) => id) };
    return previewChange(world.ports, { shop: world.domain, selection, kind, partnerId: BEN });
  };
  expect(await preview(["ANNA10"], "retire")).toMatchObject({ changed: 1, requests: 0 });
  expect(await preview(["ANNA10", "BEN10"], "retire")).toMatchObject({ changed: 2, requests: 1 });
  expect(await preview(["ANNA10"], "reassign")).toMatchObject({ changed: 0, requests: 0 });
});

const FORM = {
  ...{ draftKey: "form", selection: ALL, startsAt: null, partnerId: null },
  ...{ pattern: "{RANDOM:6}", graceDays: "0" },
};

test.each<[what: string, form: Partial<ChangeForm> & Pick<ChangeForm, "kind">, field: string]>([
  ["no code", { kind: "retire", selection: { kind: "picked", codeIds: [] } }, "selection"],
  ["a pattern that can't be read", { kind: "rotate", pattern: "{FRIST}" }, "pattern"],
  ["days that are no number", { kind: "rotate", graceDays: "soon" }, "graceDays"],
  ["more than a year of grace", { kind: "rotate", graceDays: "366" }, "graceDays"],
  ["nobody to give them to", { kind: "reassign" }, "partner"],
  [
    "a partner without a contract",
    { kind: "reassign", partnerId: "10003" as PartnerId },
    "partner",
  ],
])("a form with %s starts nothing, and says what to change", async (_what, form, field) => {
  const { ports, prisma, domain: shop } = await worldWithCodes();
  const answer = await startChange(ports, { ...FORM, ...form, shop });
  expect(answer).toMatchObject({ ok: false, problems: [{ field }] });
  expect(await prisma.batch.count({ where: { kind: { not: "make" } } })).toBe(0);
});

test("all that match a filter are changed, and no others", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const selection: CodeSelection = {
    kind: "matching",
    filter: { ...EVERY_CODE, partnerId: ANNA },
  };
  await startChange(ports, { ...FORM, kind: "retire", selection, shop });
  await world.drain();
  expect([...world.shop.codes.keys()]).toEqual(["BEN10"]);
});

test("a rotation by a pattern without a random part, or with too short a one, is warned of", async () => {
  const { ports, domain: shop } = await worldWithCodes();
  const judge = (pattern: string) => warnRotation(ports, { shop, selection: ALL, pattern });
  const warn = async (pattern: string) => (await judge(pattern)).warning;
  expect(await warn("{FIRST}{VALUE}")).toMatch(/work out the others\. Add a random part/);
  expect(await warn("TEA-{RANDOM:3}")).toMatch(/Make the random part \d characters? longer/);
  expect(await warn("{FIRST}-{RANDOM:6}")).toBeNull();
  expect(await judge("{FRIST}")).toEqual({
    problem: expect.stringMatching(/FRIST.* is no token/) as string,
    warning: null,
  });
});

test("a rotation of many codes of one partner is judged by all of them, and refused where they have no room", async () => {
  const world = await worldWithCodes();
  const { prisma, domain: shop, ports } = world;
  const { discountId } = await codeOf(world, "ANNA10");
  await giveCodes(world, { discountId, partnerId: ANNA, codes: 999 });
  const warn = async (selection: CodeSelection) =>
    (await warnRotation(ports, { shop, selection, pattern: "{FIRST}-{RANDOM:6}" })).warning;
  // The old codes are of the pattern too, and go.
  expect(await warn(ALL)).toMatch(/^1 guess in 64,000 hits a code\./);
  const [one] = await prisma.code.findMany({ where: { code: "ANNA10" } });
  const picked: CodeSelection = { kind: "picked", codeIds: [one?.id ?? ""] };
  expect(await warn(picked)).toMatch(/^1 guess in 64,000 hits a code\./);

  const rotate = async (pattern: string) =>
    startChange(ports, { ...FORM, kind: "rotate", pattern, shop });
  expect(await rotate("{FIRST}-{RANDOM:2}")).toMatchObject({
    problems: [{ field: "pattern", message: expect.stringMatching(/1,000 are asked for/) }],
  });
  expect(await rotate("{FIRST}{VALUE}")).toMatchObject({
    problems: [{ field: "pattern", message: expect.stringMatching(/would be the same/) }],
  });
});

/** Live codes ANNA-******. */
async function giveCodes(
  { prisma, domain: shop, clock }: World,
  given: { discountId: string; partnerId: PartnerId; codes: number },
): Promise<void> {
  const { discountId, partnerId } = given;
  const letters = [..."ACDEFHJKMN"];
  const spell = (at: number) => [...String(at).padStart(6, "0")].map((digit) => letters[+digit]);
  const data = Array.from({ length: given.codes }, (_, at) => ({
    ...{ id: randomUUID(), shop, discountId, code: `ANNA-${spell(at).join("")}` },
    ...{ shopifyState: "live", impactState: "planned", createdAt: clock.now() },
  }));
  await prisma.code.createMany({ data });
  const assigned = data.map(({ id: codeId }) => ({
    ...{ shop, codeId, partnerId, startsAt: clock.now() },
  }));
  await prisma.assignment.createMany({ data: assigned });
}
