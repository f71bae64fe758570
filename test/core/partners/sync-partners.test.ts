import { expect, test } from "vitest";
import type { PartnerId } from "#app/core/ids.ts";
import { startPartnerSync } from "#app/core/partners/sync-partners.ts";
import { addPartner } from "#test/sandbox/impact/create-state.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { createWorld, PROGRAM_ID, type World } from "#test/support/world.ts";

/** As many partners with a contract as asked for, beside the world's own two. */
async function worldWithPartners(count: number): Promise<World> {
  const world = await createWorld();
  for (let i = 0; i < count; i += 1) {
    addPartner(world.account, {
      id: `${20_000 + i}`,
      name: `Partner ${i}`,
      email: `secret-${i}@partner.example`,
      contract: {
        programId: PROGRAM_ID,
        payoutPercent: 10,
        startsAt: new Date("2026-01-01T00:00:00Z"),
        state: "ACTIVE",
      },
    });
  }
  return world;
}

async function sync(world: World): Promise<void> {
  await startPartnerSync(world.ports, world.domain);
  await world.drain();
}

function progressOf({ ports, domain }: World) {
  return ports.store.partners.findSync(domain);
}

test("a list of several pages is read to its end, and the progress is told", async () => {
  const world = await worldWithPartners(1_098);
  await setUpProgram(world);
  expect(await progressOf(world)).toMatchObject({
    state: "done",
    page: 3,
    pages: 3,
    partners: 1_100,
    problem: null,
  });
  expect(await world.ports.store.partners.count(world.domain)).toEqual({
    all: 1_100,
    withContract: 1_100,
  });
});

test("a page that failed is tried again alone: the pages before it are not read twice", async () => {
  const world = await worldWithPartners(1_098);
  world.impact.faults.failNext(1, 503, ({ path }) => pageTwo(path));
  await setUpProgram(world);
  const pages = world.impact.requests
    .filter(({ path }) => path.endsWith("/MediaPartners"))
    .map(({ query, outcome }) => [query.get("Page"), outcome]);
  expect(pages).toEqual([
    ["1", 200],
    ["2", 503],
    ["2", 200],
    ["3", 200],
  ]);
  expect(await progressOf(world)).toMatchObject({ state: "done", partners: 1_100, problem: null });

  // The second partner list request is for page 2.
  function pageTwo(path: string): boolean {
    const asked = world.impact.requests.filter((request) =>
      request.path.endsWith("/MediaPartners"),
    );
    return path.endsWith("/MediaPartners") && asked.length === 2;
  }
});

test("while a page waits for its next try, the run says why", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  await startPartnerSync(world.ports, world.domain);
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/MediaPartners"));
  await world.drain(0);
  expect(await progressOf(world)).toMatchObject({
    state: "running",
    problem: expect.stringMatching(/could not be reached/) as string,
  });
});

test("a token that may not read partners ends the run with what to tick", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  for (const token of world.account.tokens) token.scopes = ["Retrieve campaigns/campaign"];
  await sync(world);
  expect(await progressOf(world)).toMatchObject({
    state: "failed",
    problem: expect.stringMatching(/tick .*Partners/) as string,
  });
});

test("a partner that left, or whose contract ended, is kept without a contract", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  const { contracts } = world.account;
  for (const contract of contracts.filter(({ partnerId }) => partnerId === "10001")) {
    contract.endsAt = world.clock.now();
  }
  world.clock.pass(60_000);
  await sync(world);
  const find = (id: string) => world.ports.store.partners.find(world.domain, id as PartnerId);
  expect(await find("10001")).toMatchObject({ name: "Anna Able", hasContract: false });
  expect(await find("10002")).toMatchObject({ hasContract: true });
});

test("a partner who is renamed or comes back is found so at the next run", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  const [anna] = world.account.partners;
  if (anna) anna.name = "Anna B. Able";
  await sync(world);
  const found = await world.ports.store.partners.list(world.domain, { search: "b. able" });
  expect(found).toEqual([{ partnerId: "10001", name: "Anna B. Able", hasContract: true }]);
});

test("a suspended partner has no live contract", async () => {
  const world = await createWorld();
  const [anna] = world.account.partners;
  if (anna) anna.state = "SUSPENDED";
  await setUpProgram(world);
  expect(await world.ports.store.partners.find(world.domain, "10001" as PartnerId)).toMatchObject({
    hasContract: false,
  });
});

test("contacts, addresses and phones of partners are stored nowhere", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  const rows = JSON.stringify(await world.prisma.partner.findMany());
  expect(rows).toContain("Anna Able");
  for (const personal of ["anna@p.example", "Main St", "8051234567", "Santa Barbara"]) {
    expect(rows).not.toContain(personal);
  }
});

test("a run started twice reads the list and ends once", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  await startPartnerSync(world.ports, world.domain);
  await sync(world);
  expect(await progressOf(world)).toMatchObject({ state: "done", partners: 2 });
});
