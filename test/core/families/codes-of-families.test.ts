import { expect, test } from "vitest";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import { readBatch } from "#app/core/batches/read-batch.ts";
import { assignCode } from "#app/core/codes/assign-code.ts";
import { checkCodes } from "#app/core/codes/check-codes.ts";
import { createDiscount } from "#app/core/codes/create-discount.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { readUploadCheck } from "#app/core/uploads/read-upload-check.ts";
import { takeUpload } from "#app/core/uploads/take-upload.ts";
import {
  ANNA,
  BEN,
  codesOf,
  draw,
  drawn,
  familyWorld,
  registrations,
} from "#test/core/given/family-world.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { checkLines } from "#test/core/given/upload-csv.ts";
import { addContract, addProgram } from "#test/sandbox/impact/create-state.ts";
import { draftFor } from "#test/support/merchant.ts";
import type { World } from "#test/support/world.ts";

const HOUR_MS = 3_600_000;
const ANNAS = "ANNA10-ACDEFH" as DiscountCode;

/** Ten codes of Anna's and Ben's families are live and registered. */
async function withFamilies() {
  const { world, discountId } = await familyWorld();
  const batchId = await drawn(world, discountId);
  await world.drain(HOUR_MS);
  return { world, discountId, batchId, told: registrations(world).length };
}

test("codes drawn into a family later are registered as they go live, without a request", async () => {
  const { world, discountId, told } = await withFamilies();
  const batchId = await drawn(world, discountId, { asFamilies: false, draftKey: "later" });
  const again = await drawn(world, discountId, { draftKey: "and again" });
  await world.drain(HOUR_MS);
  expect((await codesOf(world, batchId)).states).toEqual({ "live, registered": 10 });
  expect((await codesOf(world, again)).states).toEqual({ "live, registered": 10 });
  expect(registrations(world)).toHaveLength(told);
});

test("a code that another partner's family matches is refused wherever it is typed, and its own partner's is not", async () => {
  const { world, discountId, told } = await withFamilies();
  const { ports, domain: shop } = world;
  const sentence = `${ANNAS} is one of the codes ANNA10-****** that impact.com credits to Anna Able. Choose another code.`;
  const codes = [{ partnerId: BEN, code: "anna10-acdefh" }];
  expect(await checkCodes(ports, { shop, codes })).toMatchObject([{ problem: sentence }]);
  const draft = draftFor([[BEN, ANNAS]]);
  const made = await createDiscount(ports, { shop, draftKey: "ben", draft });
  expect(made).toMatchObject({ ok: false, codes: [{ problem: sentence }] });

  makeInShopify(world, ANNAS, "By hand");
  const since = world.clock.now();
  const assigned = await assignCode(ports, { shop, code: ANNAS, partnerId: BEN, since });
  expect(assigned).toMatchObject({ ok: false, problem: { message: sentence } });

  const lines = ["Code,Partner", "ANNA10-ACDEFJ,10002", "ANNA10-ACDEFK,10001"];
  const uploadId = await checkLines(world, discountId, lines);
  const check = await readUploadCheck(ports, { shop, uploadId });
  expect(check?.upload.counts).toMatchObject({ new: 1, wrong: 1 });
  expect(check?.wrong[0]?.problems).toMatchObject([
    { kind: "of-family", message: sentence.replace(ANNAS, "ANNA10-ACDEFJ") },
  ]);
  await takeUpload(ports, { shop, uploadId });
  await world.drain(HOUR_MS);
  const uploaded = await world.prisma.code.findFirst({ where: { code: "ANNA10-ACDEFK" } });
  expect(uploaded).toMatchObject({ shopifyState: "live", impactState: "registered" });
  expect(registrations(world)).toHaveLength(told);
});

test("a pattern that would draw codes of another's family is refused at its field", async () => {
  const { world, discountId } = await withFamilies();
  const form = { pattern: "ANNA10-{RANDOM:6}", partnerIds: [BEN], asFamilies: false };
  const answer = await draw(world, discountId, { ...form, draftKey: "another" });
  expect(answer).toMatchObject({
    ok: false,
    problems: [
      {
        field: "pattern",
        message:
          "Some of Ben Baker's codes ANNA10-****** would be credited to Anna Able, whose codes ANNA10-****** are a family. Start the pattern with another word.",
      },
    ],
  });
});

test("codes of a partner who is called otherwise by then are registered by themselves", async () => {
  const { world, discountId } = await familyWorld();
  const batchId = await drawn(world, discountId);
  const where = { partnerId: BEN };
  await world.prisma.partner.updateMany({ where, data: { name: "Benjamin Baker" } });
  await world.drain(HOUR_MS);
  const { codes, states } = await codesOf(world, batchId);
  expect(states).toEqual({ "live, registered": 10 });
  const own = codes.filter(({ family }) => family === null);
  expect(own.map(({ code }) => code.slice(0, 11))).toEqual(Array(5).fill("BENJAMIN10-"));
  for (const { code } of own) expect(registrations(world)).toContain(`LI ${BEN} ${code}`);
});

const POSTS = ({ method, path }: { method: string; path: string }) =>
  method === "POST" && path.endsWith("/PromoCodes");

test("a registration whose answer was lost is found and taken over", async () => {
  const { world, discountId } = await familyWorld();
  world.impact.faults.hangUpAfterAccepting(1, POSTS);
  const batchId = await drawn(world, discountId);
  await world.drain(HOUR_MS);
  expect((await codesOf(world, batchId)).states).toEqual({ "live, registered": 10 });
  expect(world.account.promoCodes.filter(({ type }) => type === "RE")).toHaveLength(2);
});

test("a family that impact.com refuses fails with all its codes, and is registered by trying again", async () => {
  const { world, discountId } = await familyWorld();
  const contract = world.account.contracts.find(({ partnerId }) => partnerId === BEN);
  if (!contract) throw new Error("no contract");
  contract.state = "DECLINED";
  const batchId = await drawn(world, discountId);
  await world.drain(HOUR_MS);
  expect((await codesOf(world, batchId)).states).toEqual({
    "live, registered": 5,
    "live, failed": 5,
  });
  const asked = { shop: world.domain, batchId };
  const detail = await readBatch(world.ports, asked);
  expect(detail).toMatchObject({ canResume: true, families: { all: 2, registered: 1, failed: 1 } });
  expect(detail?.failedCodes[0]?.impactProblem).toMatch(/not joined/);

  contract.state = "ACTIVE";
  await resumeBatch(world.ports, asked);
  await world.drain(HOUR_MS);
  expect((await codesOf(world, batchId)).states).toEqual({ "live, registered": 10 });
});

test("families wait together when the hour's budget is used up, and go on after it", async () => {
  const { world, discountId } = await familyWorld();
  world.impact.faults.rateLimitNext(1, POSTS);
  const batchId = await drawn(world, discountId);
  await world.drain(60_000);
  expect((await codesOf(world, batchId)).states).toEqual({ "live, planned": 10 });
  await world.drain(2 * HOUR_MS);
  expect((await codesOf(world, batchId)).states).toEqual({ "live, registered": 10 });
});

test("another program has each family registered once more", async () => {
  const { world, batchId, told } = await withFamilies();
  otherProgram(world);
  const choice = { shop: world.domain, programId: "2000", eventTypeId: "5000" };
  expect(await chooseProgram(world.ports, choice)).toMatchObject({ ok: true });
  await world.drain(HOUR_MS);
  expect((await codesOf(world, batchId)).states).toEqual({ "live, registered": 10 });
  const again = registrations(world).slice(told);
  expect(again.filter((one) => one.startsWith("RE "))).toHaveLength(2);
  expect(again.filter((one) => one.startsWith("LI "))).toEqual([`LI ${ANNA} ANNASOWN`]);
});

function otherProgram({ account }: World): void {
  addProgram(account, {
    ...{ id: "2000", name: "Other", promoCodeTracking: true },
    eventTypes: [{ id: "5000", name: "Online Sale", category: "SALE" }],
  });
  const startsAt = new Date("2026-01-01T00:00:00Z");
  const contract = { programId: "2000", payoutPercent: 10, startsAt, state: "ACTIVE" as const };
  for (const partnerId of [ANNA, BEN] satisfies PartnerId[]) {
    addContract(account, partnerId, contract);
  }
}
