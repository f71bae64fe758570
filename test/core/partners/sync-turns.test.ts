import { expect, test } from "vitest";
import { startPartnerSync, syncPartners } from "#app/core/partners/sync-partners.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { connectImpact, disconnectImpact } from "#app/core/program/connect-impact.ts";
import { addAccount, addProgram } from "#test/sandbox/impact/create-state.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { createWorld, EVENT_TYPE_ID, type World } from "#test/support/world.ts";

function progressOf({ ports, domain }: World) {
  return ports.store.partners.findSync(domain);
}

/** Runs `meanwhile` while impact.com is being asked for the next page. */
function whilePageIsRead(world: World, meanwhile: () => Promise<void>): Ports {
  const { impact } = world.ports;
  let isFirst = true;
  const listPartners: Ports["impact"]["listPartners"] = async (...asked) => {
    const answer = await impact.listPartners(...asked);
    if (isFirst) {
      isFirst = false;
      await meanwhile();
    }
    return answer;
  };
  return { ...world.ports, impact: { ...impact, listPartners } };
}

const OTHER_PROGRAM = "2000";

function chooseOther({ account, ports, domain }: World) {
  addProgram(account, {
    id: OTHER_PROGRAM,
    name: "B2B",
    promoCodeTracking: true,
    eventTypes: [],
  });
  const choice = { shop: domain, programId: OTHER_PROGRAM, eventTypeId: EVENT_TYPE_ID };
  return chooseProgram(ports, choice);
}

test("a page that was read for the program before the change saves no contract", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  world.clock.pass(60_000);
  await startPartnerSync(world.ports, world.domain);
  const ports = whilePageIsRead(world, async () => {
    world.clock.pass(1_000);
    expect(await chooseOther(world)).toMatchObject({ ok: true });
  });
  await syncPartners(ports, { shop: world.domain });
  await world.drain();
  expect(await progressOf(world)).toMatchObject({ state: "done", programId: OTHER_PROGRAM });
  expect(await world.ports.store.partners.count(world.domain)).toEqual({ all: 2, withContract: 0 });
});

test("contracts of the program before end with the change, not with the sync after it", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  world.clock.pass(60_000);
  await chooseOther(world);
  expect(await world.ports.store.partners.count(world.domain)).toMatchObject({ withContract: 0 });
});

test("a disconnect ends a run under way with what to do, and its page is not saved", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  await world.prisma.partner.deleteMany();
  await startPartnerSync(world.ports, world.domain);
  const ports = whilePageIsRead(world, () => disconnectImpact(world.ports, world.domain));
  await syncPartners(ports, { shop: world.domain });
  expect(await progressOf(world)).toMatchObject({
    state: "failed",
    problem: expect.stringMatching(/disconnected while .* Connect it/) as string,
    finishedAt: world.clock.now(),
  });
  expect(await world.prisma.partner.count()).toBe(0);
});

test("a run whose program has gone ends and says so", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  await startPartnerSync(world.ports, world.domain);
  await world.prisma.program.deleteMany();
  await world.drain();
  expect(await progressOf(world)).toMatchObject({
    state: "failed",
    problem: expect.stringMatching(/Sync partners again/) as string,
  });
});

test("another account connected ends the run under way", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  await startPartnerSync(world.ports, world.domain);
  addAccount(world.impactState, { sid: "IRother", token: "other", currency: "USD" });
  const other = { shop: world.domain, accountSid: "IRother", authToken: "other" };
  await connectImpact(world.ports, other);
  expect(await progressOf(world)).toMatchObject({
    state: "failed",
    problem: expect.stringMatching(/^Another account/) as string,
  });
});

test("without a program no run starts", async () => {
  const world = await createWorld();
  await startPartnerSync(world.ports, world.domain);
  await world.drain();
  expect(await progressOf(world)).toBeNull();
});
