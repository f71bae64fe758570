import { expect, test } from "vitest";
import { chooseProgram, listProgramChoice } from "#app/core/program/choose-program.ts";
import { connectImpact, disconnectImpact } from "#app/core/program/connect-impact.ts";
import { readConnection } from "#app/core/program/read-connection.ts";
import { addProgram } from "#test/sandbox/impact/create-state.ts";
import { addSecondProgram } from "#test/core/given/second-program.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import {
  createWorld,
  CREDENTIALS,
  EVENT_TYPE_ID,
  PROGRAM_ID,
  type World,
} from "#test/support/world.ts";

async function connectedWorld(): Promise<World> {
  const world = await createWorld();
  await connectImpact(world.ports, { shop: world.domain, ...CREDENTIALS });
  return world;
}

function choose(
  { ports, domain }: World,
  { programId = PROGRAM_ID, eventTypeId = EVENT_TYPE_ID } = {},
) {
  return chooseProgram(ports, { shop: domain, programId, eventTypeId });
}

async function programOf({ ports, domain }: World) {
  return (await readConnection(ports, domain))?.program ?? null;
}

test("a program and its event type are kept with their names", async () => {
  const world = await connectedWorld();
  expect(await choose(world, { eventTypeId: ` ${EVENT_TYPE_ID} ` })).toEqual({
    ok: true,
    value: null,
  });
  expect(await programOf(world)).toEqual({
    programId: PROGRAM_ID,
    name: "Tea Ambassadors",
    eventTypeId: EVENT_TYPE_ID,
    eventTypeName: "Online Sale",
  });
});

test("without a connection there is nothing to choose from", async () => {
  const world = await createWorld();
  const notConnected = { ok: false, problem: { kind: "not-connected" } };
  expect(await choose(world)).toMatchObject(notConnected);
  expect(
    await listProgramChoice(world.ports, { shop: world.domain, programId: null }),
  ).toMatchObject(notConnected);
});

test("a program without promo code tracking is refused with where to turn it on", async () => {
  const world = await connectedWorld();
  for (const program of world.account.programs) program.promoCodeTracking = false;
  expect(await choose(world)).toMatchObject({
    ok: false,
    problem: {
      field: "programId",
      message: expect.stringMatching(
        /“Tea Ambassadors”\. Turn on “Enable Promo Code Tracking”/,
      ) as string,
    },
  });
  expect(await programOf(world)).toBeNull();
});

test("a program of somebody else's account is refused", async () => {
  const world = await connectedWorld();
  expect(await choose(world, { programId: "9999" })).toMatchObject({
    ok: false,
    problem: { kind: "no-such-program", field: "programId" },
  });
});

test("a text that is no event type's number is told without asking impact.com", async () => {
  const world = await createWorld();
  for (const eventTypeId of ["", "Online Sale", "40 00", "-1", "12345678901"]) {
    expect(await choose(world, { eventTypeId })).toMatchObject({
      ok: false,
      problem: { kind: "bad-event-type", field: "eventTypeId" },
    });
  }
  expect(world.impact.requests).toEqual([]);
});

test("an event type typed by hand that impact.com doesn't list is kept, without a name", async () => {
  const world = await connectedWorld();
  expect(await choose(world, { eventTypeId: "4711" })).toMatchObject({ ok: true });
  expect(await programOf(world)).toMatchObject({ eventTypeId: "4711", eventTypeName: null });
});

function choiceOf({ ports, domain }: World, programId: string | null = null) {
  return listProgramChoice(ports, { shop: domain, programId });
}

const ONLINE_SALE = [{ eventTypeId: EVENT_TYPE_ID, name: "Online Sale" }];

test("an account's only program is offered with the event types its contracts name, each once", async () => {
  const world = await connectedWorld();
  expect(await choiceOf(world)).toMatchObject({
    ok: true,
    value: {
      programs: [{ programId: PROGRAM_ID, promoCodeTracking: true }],
      eventTypes: ONLINE_SALE,
      eventTypesProblem: null,
    },
  });
});

test("of several programs none is chosen for the merchant", async () => {
  const world = await connectedWorld();
  addProgram(world.account, { id: "2000", name: "B2B", promoCodeTracking: true, eventTypes: [] });
  const choice = await choiceOf(world);
  expect(choice.ok && choice.value.programs).toHaveLength(2);
  expect(choice).toMatchObject({ value: { eventTypes: [], eventTypesProblem: null } });
});

test("where contracts can't be read, recent actions name the event types", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Contracts"));
  expect(await choiceOf(world)).toMatchObject({ value: { eventTypes: ONLINE_SALE } });
});

test("where nothing can be read, the reason is told and the number is typed by hand", async () => {
  const world = await connectedWorld();
  for (const token of world.account.tokens) token.scopes = ["Retrieve campaigns/campaign"];
  const choice = await choiceOf(world);
  expect(choice).toMatchObject({
    ok: true,
    value: {
      eventTypes: [],
      eventTypesProblem: expect.stringMatching(
        /lacks the permission “(Contracts|Actions)”/,
      ) as string,
    },
  });
  expect(await choose(world)).toMatchObject({ ok: true });
  expect(await programOf(world)).toMatchObject({ eventTypeId: EVENT_TYPE_ID, eventTypeName: null });
});

test("a new account without contracts and actions lists none, and that is no problem", async () => {
  const world = await connectedWorld();
  world.account.contracts = [];
  expect(await choiceOf(world)).toMatchObject({
    value: { eventTypes: [], eventTypesProblem: null },
  });
});

test("another program gets the codes too before an order is reported to it", async () => {
  const world = await worldWithCodes();
  addSecondProgram(world);
  await choose(world, { programId: "2000", eventTypeId: "5000" });
  await world.drain();
  const registered = world.account.promoCodes.map(({ programId, code }) => `${programId} ${code}`);
  expect(registered.toSorted()).toEqual(["1000 ANNA10", "1000 BEN10", "2000 ANNA10", "2000 BEN10"]);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({
    partnerId: "10001",
    payoutMinor: 311,
  });
});

test("a program chosen after a disconnect has its codes looked up, not registered twice", async () => {
  const world = await worldWithCodes();
  await disconnectImpact(world.ports, world.domain);
  await connectImpact(world.ports, { shop: world.domain, ...CREDENTIALS });
  await choose(world);
  await world.drain();
  expect(world.account.promoCodes).toHaveLength(2);
  expect(await world.ports.store.codes.count(world.domain)).toMatchObject({ registered: 2 });
});

test("an account that doesn't know the codes gets them before an order is reported to it", async () => {
  const world = await worldWithCodes();
  await disconnectImpact(world.ports, world.domain);
  world.account.promoCodes = [];
  await connectImpact(world.ports, { shop: world.domain, ...CREDENTIALS });
  await choose(world);
  await world.drain();
  expect(world.account.promoCodes).toHaveLength(2);
});

test("choosing another event type of the same program asks nothing about the codes", async () => {
  const world = await worldWithCodes();
  const asked = () => world.impact.requests.filter(({ path }) => path.endsWith("/PromoCodes"));
  const before = asked().length;
  await choose(world, { eventTypeId: "4711" });
  await world.drain();
  expect(asked()).toHaveLength(before);
});
