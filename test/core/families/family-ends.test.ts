import { expect, test } from "vitest";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { standOf, startChanging } from "#test/core/given/change-batch.ts";
import { checkCodesNow } from "#test/core/given/check-codes-now.ts";
import {
  ANNA,
  codesOf,
  draw,
  drawn,
  familyWorld,
  registrations,
} from "#test/core/given/family-world.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { codeOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const PATTERN = "TEA{FIRST}-{RANDOM:6}";
/** Another partner by her first name. */
const OTHER_ANNA = "20000" as PartnerId;

/** Two live codes of Anna's, registered as one family; the only codes of that pattern. */
async function annasFamily() {
  const { world, discountId } = await familyWorld(["Anna Two"]);
  const form = { pattern: PATTERN, partnerIds: [ANNA], codesEach: "2" };
  const batchId = await drawn(world, discountId, form);
  await world.drain();
  const { codes } = await codesOf(world, batchId);
  const [first = "", second = ""] = codes.map(({ code }) => code);
  return { world, discountId, first, second, form };
}

function standing({ account, clock }: World, start = "^TEAANNA"): string[] {
  const now = clock.now();
  return account.promoCodes.flatMap(({ code, endsAt }) =>
    code.startsWith(start) && (endsAt === null || endsAt > now) ? [code] : [],
  );
}

function ends({ impact }: World): number {
  return impact.requests.filter(({ method }) => method === "DELETE").length;
}

test("a family's registration ends with its last code, by one request", async () => {
  const { world, first, second } = await annasFamily();
  await startChanging(world, [first], { kind: "retire" });
  await world.drain();
  expect(standing(world)).toHaveLength(1);
  const early = await buyAndDeliver(world, { codes: [second] });
  world.clock.pass(60_000);
  const batchId = await startChanging(world, [second], { kind: "retire" });
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1, failed: 0 });
  expect(standing(world)).toEqual([]);
  expect(ends(world)).toBe(1);
  expect(await codeOf(world, second)).toMatchObject({ impactState: "expired", familyId: null });
  expect(await standingOf(world, early)).toMatchObject({ reason: "credited" });
  expect(whoWasPaid(world.impactState, early)).toMatchObject({ partnerId: ANNA });
  expect(await checkCodesNow(world)).toEqual([]);
});

test("the pattern of a family that has ended is free for another partner", async () => {
  const { world, discountId, first, second, form } = await annasFamily();
  const theirs = { ...form, partnerIds: [OTHER_ANNA], draftKey: "theirs" };
  expect(await draw(world, discountId, theirs)).toMatchObject({ ok: false });
  await startChanging(world, [first, second], { kind: "retire" });
  await world.drain();
  const batchId = await drawn(world, discountId, theirs);
  await world.drain();
  const { states } = await codesOf(world, batchId);
  expect(states).toEqual({ "live, registered": 2 });
  expect(registrations(world).at(-1)).toMatch(/^RE 20000 \^TEAANNA/);
});

test("a family's registration ends once however often the worker is killed", async () => {
  const { world, first, second } = await annasFamily();
  const { domain: shop } = world;
  const batchId = await startChanging(world, [first, second], { kind: "retire" });
  for (let nth = 1; (await standOf(world, batchId)).batch === "running"; nth += 1) {
    const { ports, killed } = killedAt(world, nth);
    await Promise.race([changeCodes(ports, { shop, batchId }), killed]);
    world.clock.pass(200_000);
  }
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 2 });
  expect(standing(world)).toEqual([]);
  expect(ends(world)).toBe(1);
  expect(await world.prisma.codeFamily.count()).toBe(0);
});

test("of two batches that retire a family's last codes at once one ends its registration", async () => {
  const { world, first, second } = await annasFamily();
  const { domain: shop, ports } = world;
  const batches = [
    await startChanging(world, [first], { kind: "retire" }),
    await startChanging(world, [second], { kind: "retire" }),
  ];
  await Promise.all(batches.map((batchId) => changeCodes(ports, { shop, batchId })));
  await world.drain();
  for (const batchId of batches) {
    expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1, failed: 0 });
  }
  expect(standing(world)).toEqual([]);
  expect(ends(world)).toBe(1);
});

test("no code joins a family while its registration ends", async () => {
  const { world, discountId, first, second, form } = await annasFamily();
  world.impact.faults.failNext(1, 503, ({ method }) => method === "DELETE");
  await startChanging(world, [first, second], { kind: "retire" });
  await world.drain(1_000);
  expect(await world.prisma.codeFamily.findFirst()).toMatchObject({ state: "ending" });
  const again = await draw(world, discountId, { ...form, draftKey: "again" });
  expect(again).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining("just being ended at impact.com") as string }],
  });
  const singles = { ...form, draftKey: "singles", asFamilies: false };
  const batchId = await drawn(world, discountId, singles);
  await world.drain();
  expect(standing(world)).toEqual([]);
  const { codes, states } = await codesOf(world, batchId);
  expect(states).toEqual({ "live, registered": 2 });
  expect(codes.map(({ familyId }) => familyId)).toEqual([null, null]);
});

test("a family's registration goes on for a code that is still to be made", async () => {
  const { world, first, second } = await annasFamily();
  await world.prisma.code.updateMany({
    where: { code: second },
    data: { shopifyState: "planned", impactState: "planned" },
  });
  await startChanging(world, [first], { kind: "retire" });
  await world.drain();
  expect(standing(world)).toHaveLength(1);
});

test("a family's code that was retired before the family was registered ends with it", async () => {
  const { world, discountId } = await familyWorld();
  const isRegistering = ({ method, path }: { method: string; path: string }) =>
    method === "POST" && path.endsWith("/PromoCodes");
  world.impact.faults.rateLimitNext(1, isRegistering);
  const form = { pattern: PATTERN, partnerIds: [ANNA], codesEach: "1" };
  const made = await drawn(world, discountId, form);
  await world.drain(5_000);
  const { codes, states } = await codesOf(world, made);
  expect(states).toEqual({ "live, planned": 1 });
  const [{ code } = { code: "" }] = codes;
  const early = await buyAndDeliver(world, { codes: [code] });
  const batchId = await startChanging(world, [code], { kind: "retire" });
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1, failed: 0 });
  expect(whoWasPaid(world.impactState, early)).toMatchObject({ partnerId: ANNA });
  expect(standing(world)).toEqual([]);
});
