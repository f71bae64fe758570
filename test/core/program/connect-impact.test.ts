import { expect, test } from "vitest";
import { connectImpact } from "#app/core/program/connect-impact.ts";
import { readConnection } from "#app/core/program/read-connection.ts";
import type { Scope } from "#test/sandbox/impact/api/endpoint.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { addAccount } from "#test/sandbox/impact/create-state.ts";
import { createWorld, CREDENTIALS, type World } from "#test/support/world.ts";

function connect({ ports, domain }: World, changes: Partial<typeof CREDENTIALS> = {}) {
  return connectImpact(ports, { shop: domain, ...CREDENTIALS, ...changes });
}

function grant({ account }: World, scopes: Scope[]): void {
  for (const token of account.tokens) token.scopes = scopes;
}

test("good credentials connect, pasted with spaces too, and the company is shown", async () => {
  const world = await createWorld();
  const authToken = ` ${CREDENTIALS.authToken}\n`;
  expect(await connect(world, { authToken })).toEqual({ ok: true, value: null });
  expect(await readConnection(world.ports, world.domain)).toMatchObject({
    accountSid: CREDENTIALS.accountSid,
    companyName: "Tea House Ltd.",
    program: null,
  });
});

test("nothing entered is told without asking impact.com", async () => {
  const world = await createWorld();
  const result = await connect(world, { authToken: "  " });
  expect(result).toMatchObject({
    ok: false,
    problem: { message: expect.stringMatching(/Enter both/) as string },
  });
  expect(world.impact.requests).toEqual([]);
});

test.each([{ authToken: "wrong" }, { accountSid: "IRsomebodyElse" }])(
  "wrong credentials (%o) are told with where to find the right ones, and not kept",
  async (changes) => {
    const world = await createWorld();
    expect(await connect(world, changes)).toMatchObject({
      ok: false,
      problem: {
        kind: "bad-credentials",
        message: expect.stringMatching(/Copy the Account SID/) as string,
      },
    });
    expect(await readConnection(world.ports, world.domain)).toBeNull();
  },
);

test("a token without the company scope connects, and the company stays unnamed", async () => {
  const world = await createWorld();
  grant(world, ["Retrieve campaigns/campaign"]);
  expect(await connect(world)).toMatchObject({ ok: true });
  expect(await readConnection(world.ports, world.domain)).toMatchObject({ companyName: null });
});

test("a token that may not read programs is told which boxes to tick", async () => {
  const world = await createWorld();
  grant(world, ["Retrieve company information"]);
  expect(await connect(world)).toMatchObject({
    ok: false,
    problem: {
      kind: "missing-scope",
      message: expect.stringMatching(/tick Account.*Campaigns/) as string,
    },
  });
  expect(await readConnection(world.ports, world.domain)).toBeNull();
});

test("impact.com out of order is told as such, and the old connection stays", async () => {
  const world = await createWorld();
  await connect(world);
  world.impact.faults.failNext(1, 503);
  expect(await connect(world)).toMatchObject({ ok: false, problem: { kind: "unavailable" } });
  expect(await readConnection(world.ports, world.domain)).not.toBeNull();
});

test("the token stands nowhere in the database as it was typed", async () => {
  const world = await createWorld();
  await connect(world);
  const [row] = await world.prisma.impactAccount.findMany();
  expect(row?.accountSid).toBe(CREDENTIALS.accountSid);
  expect(JSON.stringify(row)).not.toContain(CREDENTIALS.authToken);
});

test("connecting another account forgets the first one's program; the same account keeps it", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  await connect(world);
  expect((await readConnection(world.ports, world.domain))?.program).not.toBeNull();

  addAccount(world.impactState, { sid: "IRother", token: "other", currency: "USD" });
  await connect(world, { accountSid: "IRother", authToken: "other" });
  expect((await readConnection(world.ports, world.domain))?.program).toBeNull();
});
