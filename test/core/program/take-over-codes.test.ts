import { expect, test } from "vitest";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { connectImpact, disconnectImpact } from "#app/core/program/connect-impact.ts";
import { BEN } from "#test/core/given/family-world.ts";
import { liveCodes } from "#test/core/given/live-codes.ts";
import { codeOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { addContract, addProgram } from "#test/sandbox/impact/create-state.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import {
  createWorld,
  CREDENTIALS,
  EVENT_TYPE_ID,
  PROGRAM_ID,
  type World,
} from "#test/support/world.ts";

const HOUR = 3_600_000;
const CODES = 120;

/** Anna's ANNA10 and many more are registered, and impact.com is disconnected. */
async function disconnectedWorld(): Promise<World> {
  const world = await createWorld();
  await setUpProgram(world);
  world.impactState.rules.requestsPerHour = 100_000;
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  const codeIds = await liveCodes(world, CODES);
  await world.ports.store.queue.send("register-codes", { shop: world.domain, codeIds });
  await world.drain();
  await disconnectImpact(world.ports, world.domain);
  await world.drain();
  return world;
}

type Request = World["impact"]["requests"][number];
const listing = ({ method, path, query }: Request) =>
  method === "GET" && path.endsWith("/PromoCodes") && !query.has("Code");

const ofCodes = ({ path }: { path: string }) => path.includes("PromoCodes");

/** What is asked about registrations while that is done. */
async function asked({ impact }: World, done: () => Promise<void>) {
  const from = impact.requests.length;
  await done();
  const requests = impact.requests.slice(from).filter(ofCodes);
  const count = (is: (request: Request) => boolean) => requests.filter(is).length;
  return {
    lists: count(listing),
    each: count(({ method, query }) => method === "GET" && query.has("Code")),
    told: count(({ method }) => method === "POST"),
  };
}

async function choose(world: World, programId: string): Promise<void> {
  const { ports, domain: shop } = world;
  await connectImpact(ports, { shop, ...CREDENTIALS });
  await chooseProgram(ports, { shop, programId, eventTypeId: EVENT_TYPE_ID });
}

async function chooseAgain(world: World): Promise<void> {
  await setUpProgram(world);
  await world.drain(6 * HOUR);
}

const registered = ({ prisma }: World) =>
  prisma.code.count({ where: { impactState: "registered", impactPromoCodeId: { not: null } } });

test("many codes of a program that is chosen again are taken over from its list, and the orders that waited go", async () => {
  const world = await disconnectedWorld();
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await world.drain();
  const before = world.account.promoCodes.find(({ code }) => code === "ANNA10");
  expect(await asked(world, () => chooseAgain(world))).toEqual({ lists: 1, each: 0, told: 0 });
  expect(await registered(world)).toBe(CODES + 1);
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactPromoCodeId: before?.id });
  expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
  expect(whoWasPaid(world.impactState, order)).toMatchObject({ partnerId: "10001" });
});

test("of many codes those that stand there no more are registered without being asked about first", async () => {
  const world = await disconnectedWorld();
  world.account.promoCodes = world.account.promoCodes.slice(5);
  expect(await asked(world, () => chooseAgain(world))).toMatchObject({ each: 0, told: 5 });
  expect(await registered(world)).toBe(CODES + 1);
  expect(world.account.promoCodes).toHaveLength(CODES + 1);
});

test("many codes are told to another program without being asked about first", async () => {
  const world = await disconnectedWorld();
  const eventTypes = [{ id: EVENT_TYPE_ID, name: "Online Sale", category: "SALE" as const }];
  addProgram(world.account, { id: "2000", name: "B2B", promoCodeTracking: true, eventTypes });
  const startsAt = new Date("2026-01-01T00:00:00Z");
  addContract(world.account, "10001", {
    ...{ programId: "2000", payoutPercent: 10, startsAt, state: "ACTIVE" as const },
  });
  const done = async () => {
    await choose(world, "2000");
    await world.drain(6 * HOUR);
  };
  expect(await asked(world, done)).toMatchObject({ each: 0, told: CODES + 1 });
  expect(await registered(world)).toBe(CODES + 1);
});

test("what stands there otherwise fails with the reason, is not asked about, and is tried by choosing again", async () => {
  const world = await disconnectedWorld();
  const promoCode = (text: string) => world.account.promoCodes.find(({ code }) => code === text)!;
  promoCode("MANY-1").partnerId = BEN;
  promoCode("MANY-2").creditPolicy = "INVOLVED";
  promoCode("MANY-3").endsAt = new Date("2100-01-01T00:00:00Z");
  promoCode("MANY-4").code = "Many-4";
  expect(await asked(world, () => chooseAgain(world))).toMatchObject({ each: 0, told: 0 });
  const failed = await world.prisma.code.findMany({
    where: { impactState: "failed" },
    orderBy: { code: "asc" },
  });
  expect(failed.map(({ code, impactProblem }) => [code, impactProblem])).toEqual([
    ["MANY-1", "MANY-1 is registered to Ben Baker at impact.com. Expire it there, then try again."],
    ["MANY-2", expect.stringMatching(/with credit policy INVOLVED, .* Expire it there/) as string],
    ["MANY-3", expect.stringMatching(/until 2100-01-01, .* Expire it there/) as string],
  ]);
  expect(await codeOf(world, "MANY-4")).toMatchObject({ registeredAs: "Many-4" });

  promoCode("MANY-1").partnerId = "10001";
  await chooseAgain(world);
  expect(await codeOf(world, "MANY-1")).toMatchObject({
    impactState: "registered",
    impactProblem: null,
  });
});

test("codes whose discount begins later keep the day from which they count", async () => {
  const world = await disconnectedWorld();
  const startsAt = new Date(world.clock.now().getTime() + 48 * HOUR);
  await world.prisma.discount.updateMany({ where: { title: "Creators" }, data: { startsAt } });
  for (const one of world.account.promoCodes) one.startsAt = startsAt;
  await chooseAgain(world);
  const begin = await world.prisma.code.count({ where: { registeredFrom: startsAt } });
  expect(begin).toBeGreaterThanOrEqual(CODES);
});

test("while impact.com is down the list is read later, and nothing else is asked meanwhile", async () => {
  const world = await disconnectedWorld();
  world.impact.faults.failNext(3, 503, ofCodes);
  const requests = await asked(world, () => chooseAgain(world));
  expect(requests).toEqual({ lists: 4, each: 0, told: 0 });
  expect(await registered(world)).toBe(CODES + 1);
});

test("with a token that may not read the list each code says what is wrong", async () => {
  const world = await disconnectedWorld();
  world.impact.faults.failNext(Infinity, 403, ofCodes);
  await choose(world, PROGRAM_ID);
  await world.drain(0);
  expect((await codeOf(world, "ANNA10")).impactProblem).toMatch(/permission “Promo Codes”/);
});

test("a list of more pages than there are codes is not read on, and a look at another program ends", async () => {
  const world = await disconnectedWorld();
  const { impact } = world.ports;
  const list = impact.listPromoCodes;
  const pages: number[] = [];
  impact.listPromoCodes = async (credentials, query) => {
    if (query.priority === "registration") pages.push(query.page);
    const read = await list(credentials, query);
    return read.ok ? { ok: true, value: { ...read.value, pages: CODES * 2 } } : read;
  };
  await chooseAgain(world);
  expect(pages).toEqual([1]);
  expect(await registered(world)).toBe(CODES + 1);

  const look = { shop: world.domain, programId: "elsewhere", page: 1, codes: CODES };
  await world.ports.store.queue.send("take-over-codes", look);
  await world.drain();
  expect(pages).toEqual([1]);
});
