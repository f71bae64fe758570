import { expect, test } from "vitest";
import { registerCode } from "#app/core/codes/register-code.ts";
import { registerCodes } from "#app/core/codes/register-codes.ts";
import { retryCode } from "#app/core/codes/retry-code.ts";
import { lookForFile } from "#app/core/registration-files/look-for-file.ts";
import { confirmUpload, lookNow, renewFile } from "#app/core/registration-files/look-now.ts";
import { listOverdueFiles, readFile } from "#app/core/registration-files/read-file.ts";
import { startFile } from "#app/core/registration-files/start-file.ts";
import { checkCodesNow } from "#test/core/given/check-codes-now.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { codeOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { fileOf, HOUR, look, partOf, standOf, upload, worldWithWaiting } from "./given-file.ts";

test("30,000 codes come in parts below 5 MB, and once uploaded all of them arrive", async () => {
  const { world } = await worldWithWaiting(30_000, "A-CODE-THAT-IS-RATHER-LONG-FOR-A-COUPON-");
  const fileId = await fileOf(world);
  const file = await world.ports.store.registrationFiles.find(world.domain, fileId);
  expect(file).toMatchObject({ codes: 30_000, parts: 2 });
  const parts = [await partOf(world, fileId, 1), await partOf(world, fileId, 2)];
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThan(5_000_000);
  const uploads = parts.map((part) => upload(world, part));
  expect(uploads).toMatchObject([{ refused: [] }, { refused: [] }]);
  await look(world, fileId);
  expect(await standOf(world, fileId)).toMatchObject({
    state: "done",
    arrived: 30_000,
    waiting: 0,
  });
  expect(world.account.promoCodes).toHaveLength(30_001);
  expect(await world.prisma.code.count({ where: { impactState: "registered" } })).toBe(30_001);
  const [code] = await world.prisma.code.findMany({
    where: { impactState: "registered" },
    take: 1,
  });
  expect(world.account.promoCodes.map(({ id }) => id)).toContain(code?.impactPromoCodeId);
}, 120_000);

test("a row is what the template asks for, with the shop's time and the code's own terms", async () => {
  const { world } = await worldWithWaiting(1);
  const { prisma } = world;
  const terms = { reach: "WINNER", endsAt: new Date("2026-12-25T05:00:00Z") };
  await prisma.code.updateMany({ where: { code: "TEA-000001" }, data: terms });
  const fileId = await fileOf(world);
  expect(await partOf(world, fileId, 1)).toBe(
    "Promo Code,Program Id,Media Id,Type,Credit Rule,Match Mode,Deal Id,Active Start Date,Active End Date,Timezone\r\n" +
      "TEA-000001,1000,10001,TRACKING,WINNER,LI,,2026-11-23T05:00:00-05:00,2026-12-25T00:00:00-05:00,America/New_York\r\n",
  );
});

test("codes that a file can't hold unaltered stay out of it, and are registered one by one", async () => {
  const { world } = await worldWithWaiting(4);
  const { ports, prisma, domain: shop } = world;
  const odd = ["@ANNA", "-ANNA", "SUMMER SALE"];
  for (const [at, code] of odd.entries()) {
    await prisma.code.updateMany({ where: { code: `TEA-00000${at + 1}` }, data: { code } });
  }
  const fileId = await fileOf(world);
  const lines = (await partOf(world, fileId, 1)).trim().split("\r\n").slice(1);
  expect(lines.map((line) => line.split(",")[0])).toEqual(["TEA-000004"]);
  expect(await standOf(world, fileId)).toMatchObject({ waiting: 1 });
  const again = await startFile(ports, { shop, batchId: null });
  expect(!again.ok && again.problem.message).toMatch(/signs other than letters.+one by one/);
  for (const code of odd)
    await registerCode(ports, { shop, codeId: (await codeOf(world, code)).id });
  expect(world.account.promoCodes.map(({ code }) => code)).toEqual(["ANNA10", ...odd]);
});

test("where impact.com asks for the headings of its sample row, they can be chosen", async () => {
  const { world } = await worldWithWaiting(1);
  world.impactState.rules.templateHeadings = "sample";
  const fileId = await fileOf(world);
  expect(upload(world, await partOf(world, fileId, 1))).toMatchObject({ ok: false });
  const other = await partOf(world, fileId, 1, "sample");
  expect(upload(world, other)).toMatchObject({ ok: true, created: 1 });
});

test("codes in a file are registered by nobody else, and go once they have arrived", async () => {
  const { world } = await worldWithWaiting(3);
  const { ports, domain: shop, account } = world;
  const fileId = await fileOf(world);
  const { id: codeId } = await codeOf(world, "TEA-000001");
  await registerCode(ports, { shop, codeId });
  await retryCode(ports, { shop, codeId });
  await world.drain(60_000);
  expect(account.promoCodes.map(({ code }) => code)).toEqual(["ANNA10"]);
  expect(await codeOf(world, "TEA-000001")).toMatchObject({ fileId, impactState: "planned" });

  upload(world, await partOf(world, fileId, 1));
  await look(world, fileId);
  expect(await codeOf(world, "TEA-000001")).toMatchObject({
    ...{ fileId: null, impactState: "registered", registeredAt: world.clock.now() },
    impactPromoCodeId: account.promoCodes.find(({ code }) => code === "TEA-000001")?.id,
  });
  expect(await checkCodesNow(world)).not.toContainEqual(
    expect.objectContaining({ kind: "other-partner-there" }),
  );
});

test("a job whose codes wait in a file, or came by it, writes nothing of them", async () => {
  const { world } = await worldWithWaiting(3);
  const { ports, domain: shop, prisma } = world;
  const fileId = await fileOf(world);
  const codeIds = (await prisma.code.findMany({ where: { impactState: "planned" } })).map(
    ({ id }) => id,
  );
  const versions = () => prisma.$queryRaw`SELECT "id", xmin::text FROM "Code" ORDER BY "id"`;
  const before = await versions();
  await registerCodes(ports, { shop, codeIds });
  expect(await versions()).toEqual(before);
  expect(codeIds).toHaveLength(3);

  upload(world, await partOf(world, fileId, 1));
  await look(world, fileId);
  expect(await ports.store.codes.listToRegister(shop, codeIds)).toEqual([]);
});

test("a code that a job is registering at this moment stays with the job", async () => {
  const { world } = await worldWithWaiting(2);
  const { ports, domain: shop, clock } = world;
  const { id } = await codeOf(world, "TEA-000001");
  const now = clock.now();
  await ports.store.codes.claimForRegistration(shop, id, { now, until: new Date(+now + 60_000) });
  const fileId = await fileOf(world);
  expect(await standOf(world, fileId)).toMatchObject({ waiting: 1 });
  expect(await codeOf(world, "TEA-000001")).toMatchObject({ fileId: null });
});

test("two clicks put each code into one file", async () => {
  const { world } = await worldWithWaiting(500);
  const { ports, domain: shop, prisma } = world;
  const started = await Promise.all([1, 2].map(() => startFile(ports, { shop, batchId: null })));
  expect(started.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await prisma.fileCode.count()).toBe(500);
});

test("an order with a code in a file waits, and goes out when the code has arrived", async () => {
  const { world } = await worldWithWaiting(2);
  world.shop.codes.set("TEA-000001", {
    ...must(world.shop.codes.get("ANNA10")),
    code: "TEA-000001",
  });
  const fileId = await fileOf(world);
  world.clock.pass(60_000);
  const order = buy(world, { codes: ["TEA-000001"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(60_000);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ state: "waiting" });
  upload(world, await partOf(world, fileId, 1));
  await confirmUpload(world.ports, { shop: world.domain, fileId });
  await world.drain(HOUR);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
  expect(world.account.actions).toMatchObject([{ partnerId: "10001", promoCode: "TEA-000001" }]);
});

test("what arrived with another partner, end or reach is shown with the reason, and not counted", async () => {
  const { world } = await worldWithWaiting(4);
  const fileId = await fileOf(world);
  registerElsewhere(world, "TEA-000001", "10002");
  registerElsewhere(world, "TEA-000002", "10001", { endsAt: new Date("2026-12-01T00:00:00Z") });
  registerElsewhere(world, "TEA-000003", "10001", { creditPolicy: "WINNER" });
  expect(upload(world, await partOf(world, fileId, 1))).toMatchObject({
    created: 1,
    refused: [{ row: 2 }, { row: 3 }, { row: 4 }],
  });
  await look(world, fileId);
  expect(await standOf(world, fileId)).toMatchObject({ state: "done", arrived: 1, differing: 3 });
  const detail = await readFile(world.ports, { shop: world.domain, fileId });
  expect(detail?.differing.map(({ problem }) => problem)).toEqual([
    expect.stringContaining("is registered to Ben Baker"),
    expect.stringContaining("until 2026-12-01"),
    expect.stringContaining("credit policy WINNER"),
  ]);
  expect(await codeOf(world, "TEA-000001")).toMatchObject({ impactState: "failed" });
});

test("what has not arrived in a day is overdue, and a new file holds only that", async () => {
  const { world } = await worldWithWaiting(5);
  const { ports, domain: shop, clock } = world;
  const fileId = await fileOf(world);
  const lines = (await partOf(world, fileId, 1)).split("\r\n");
  upload(world, lines.slice(0, 4).join("\r\n"));
  await confirmUpload(ports, { shop, fileId });
  await world.drain(HOUR);
  expect(await listOverdueFiles(ports, shop)).toEqual([]);
  clock.pass(24 * HOUR);
  expect(await listOverdueFiles(ports, shop)).toMatchObject([
    { counts: { arrived: 3, waiting: 2 } },
  ]);
  const detail = await readFile(ports, { shop, fileId });
  expect(detail?.missing.map(({ code }) => code.code)).toEqual(["TEA-000004", "TEA-000005"]);
  await renewFile(ports, { shop, fileId });
  const again = await partOf(world, fileId, 1);
  expect(again.match(/TEA-\d+/g)).toEqual(["TEA-000004", "TEA-000005"]);
  upload(world, again);
  await look(world, fileId);
  expect(await standOf(world, fileId)).toMatchObject({ state: "done", arrived: 5 });
});

test("a file of which nothing arrives is overdue a day after it was made, uploaded or not", async () => {
  const { world } = await worldWithWaiting(3);
  const { ports, domain: shop, clock } = world;
  await fileOf(world);
  clock.pass(23 * HOUR);
  expect(await listOverdueFiles(ports, shop)).toEqual([]);
  clock.pass(HOUR);
  expect(await listOverdueFiles(ports, shop)).toMatchObject([
    { counts: { arrived: 0, waiting: 3 } },
  ]);
});

test("looks come by themselves, ever more seldom, and end after a month", async () => {
  const { world } = await worldWithWaiting(1);
  const { ports, domain: shop } = world;
  const fileId = await fileOf(world);
  const ran = await world.drain();
  const looks = ran.filter((name) => name === "look-for-file").length;
  expect(looks).toBeGreaterThan(20);
  expect(looks).toBeLessThan(60);
  expect(await ports.store.registrationFiles.find(shop, fileId)).toMatchObject({
    ...{ state: "open", nextLookAt: null, looks },
  });
});

test("impact.com is down: the look says so, and goes on by itself with the page it had come to", async () => {
  const { world } = await worldWithWaiting(2);
  const { ports, domain: shop } = world;
  const fileId = await fileOf(world);
  upload(world, await partOf(world, fileId, 1));
  world.impact.faults.failNext(2, 503, ({ path }) => path.endsWith("/PromoCodes"));
  await look(world, fileId);
  const down = await ports.store.registrationFiles.find(shop, fileId);
  expect(down?.problem).toMatch(/impact\.com/);
  await world.drain(10 * 60_000);
  expect(await standOf(world, fileId)).toMatchObject({ state: "done", arrived: 2 });
});

test.each([1, 2, 4, 6, 8, 11])(
  "killed at its call number %i, a look goes on and every code is registered once",
  async (nth) => {
    const { world } = await worldWithWaiting(1_050);
    const { ports, domain: shop } = world;
    const fileId = await fileOf(world);
    upload(world, await partOf(world, fileId, 1));
    await lookNow(ports, { shop, fileId });
    const file = must(await ports.store.registrationFiles.find(shop, fileId));
    const payload = { shop, fileId, lookId: file.lookId, page: 1 };
    const doomed = killedAt(world, nth);
    await Promise.race([lookForFile(doomed.ports, payload), doomed.killed]);
    await lookForFile(ports, payload);
    expect(await standOf(world, fileId)).toMatchObject({ state: "done", arrived: 1_050 });
    expect(world.account.promoCodes).toHaveLength(1_051);
  },
);

function must<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error("there is none");
  return value;
}
