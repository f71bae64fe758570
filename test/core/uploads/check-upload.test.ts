import { expect, test } from "vitest";
import { checkUpload } from "#app/core/uploads/check-upload.ts";
import { readUploadCheck, readWrongRows } from "#app/core/uploads/read-upload-check.ts";
import { failure, success } from "#app/core/result.ts";
import { checkLines, rowsOf, uploadOf, worldWithDiscount } from "#test/core/given/upload-csv.ts";
import { takeUpload } from "#app/core/uploads/take-upload.ts";
import { uploadView } from "#app/components/uploads/upload-view.server.ts";
import { addInShopify, discountWith } from "#test/core/given/drift.ts";
import { ANNA, drawn, familyWorld } from "#test/core/given/family-world.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";

const MIXED = [
  "Code,Partner,Start,End",
  "anna10,10001",
  "TEA1,10001,2027-02-01",
  "TEA2,Ben Baker",
  "TEA3,anna@p.example",
  "TEA4,Nobody",
  "tea2,10001",
  ",10001",
  "ANNA10,10002",
];

test("a file is judged without making anything: new, yours, and wrong with the reason for each", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, prisma, domain: shop } = world;
  const calls = world.shopify.calls.length;
  const uploadId = await checkLines(world, discountId, MIXED);
  const check = await readUploadCheck(ports, { shop, uploadId });
  expect(check?.upload).toMatchObject({
    state: "checked",
    fileName: "codes.csv",
    counts: { rows: 8, new: 3, yoursUnchanged: 1, wrong: 4 },
  });
  expect(check?.wrong.map(({ row, problems }) => [row.number, problems[0]?.kind])).toEqual([
    [6, "partner-unknown"],
    [7, "twice-in-file"],
    [8, "no-code"],
    [9, "twice-in-file"],
  ]);
  // One question about all new codes.
  expect(world.shopify.calls).toHaveLength(calls + 1);
  expect(await prisma.code.count()).toBe(1);
  const kept = await prisma.uploadRow.findMany({ where: { wrong: null } });
  expect(kept.map(({ code, partnerId }) => [code, partnerId])).toEqual([
    ["TEA1", "10001"],
    ["TEA2", "10002"],
    ["TEA3", "10001"],
  ]);
});

test("codes that live in Shopify unknown to this app are judged as they will fare when they are made", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, prisma, domain: shop } = world;
  makeInShopify(world, "FLASH1", "Flash sale");
  addInShopify(world, discountWith(world, "ANNA10"), "TEA1");
  const many = Array.from({ length: 410 }, (_, at) => `MANY-${1_000 + at},10001`);
  const lines = ["Code,Partner", "flash1,10001", "TEA1,10001", "TEA2,10001", ...many];
  const calls = world.shopify.calls.length;
  const uploadId = await checkLines(world, discountId, lines);
  expect(world.shopify.calls).toHaveLength(calls + 10);
  const check = await readUploadCheck(ports, { shop, uploadId });
  if (!check) throw new Error("nothing was kept");
  expect(check.upload.counts).toMatchObject({
    ...{ new: 412, wrong: 1, wrongByKind: { "taken-elsewhere": 1 } },
    inShopify: { here: 1, unasked: 13 },
  });
  const view = uploadView(check, { timeZone: "UTC" });
  expect(view.kinds).toMatchObject([{ what: "Code of another discount", rows: 1 }]);
  expect(view.wrongRows[0]?.why).toMatch(
    /^FLASH1 is taken in Shopify by the discount “Flash sale”/,
  );
  expect(view.inShopify).toEqual([
    expect.stringMatching(/^1 code of the new ones lives in this discount .* not made there again/),
    expect.stringMatching(
      /^13 codes of the new ones were not looked up .* refused when it is made/,
    ),
  ]);
  const taken = await checkLines(world, discountId, ["Code,Partner", "TEA1,10001", "TEA2,10001"]);
  await takeUpload(ports, { shop, uploadId: taken });
  await world.drain(120_000);
  const made = await prisma.code.findMany({ where: { code: { in: ["TEA1", "TEA2", "FLASH1"] } } });
  expect(made.map(({ code, shopifyState }) => [code, shopifyState]).toSorted()).toEqual([
    ["TEA1", "live"],
    ["TEA2", "live"],
  ]);
});

test("while Shopify is down a file is judged without it, and says so", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  world.shopify.faults.failNext(9, 503);
  const uploadId = await checkLines(world, discountId, ["Code,Partner", "TEA1,10001"]);
  const { upload } = (await readUploadCheck(ports, { shop, uploadId })) ?? {};
  expect(upload?.counts).toMatchObject({ new: 1, inShopify: { here: 0, unasked: 1 } });
});

test("rows name what stands in the way: a contract that ended, a family's reach; and what is yours is told from what is unchanged", async () => {
  const { world, discountId } = await familyWorld(["Old Olga"]);
  const { ports, prisma, domain: shop } = world;
  await drawn(world, discountId, { partnerIds: [ANNA] });
  await world.drain();
  await prisma.partner.updateMany({ where: { partnerId: "20000" }, data: { hasContract: false } });
  const uploadId = await checkLines(world, discountId, [
    ...["Code,Partner,Reach", "TEA1,old olga,", "TEA2,20000,", "ANNA10-ACDEFH,10001,winner"],
    ...["ANNA10-HFEDCA,10001,always", "ANNASOWN,10001,", "'@ANNA,10001,"],
  ]);
  const check = await readUploadCheck(ports, { shop, uploadId });
  if (!check) throw new Error("nothing was kept");
  const view = uploadView(check, { timeZone: "UTC" });
  expect(view).toMatchObject({ new: 1, yours: 1, yoursUnchanged: 1, wrong: 4 });
  const [byName, byId, byFamily, formula] = view.wrongRows.map(({ why }) => why);
  expect(byName).toMatch(/^Old Olga \(20000\) has no live contract/);
  expect(byId).toBe(byName);
  expect(byFamily).toMatch(
    /impact\.com credits to Anna Able for every order.+Leave the reach empty/,
  );
  expect(formula).toMatch(/^“@ANNA” is a formula/);
  const other = await checkLines(world, discountId, ["Code,Partner", "ANNASOWN,10002"]);
  const changed = await readUploadCheck(ports, { shop, uploadId: other });
  expect(changed && uploadView(changed, { timeZone: "UTC" })).toMatchObject({
    ...{ yours: 1, yoursUnchanged: 0 },
  });
});

test("the summary names each reason by itself, be the code another partner's at impact.com, retired or of a family", async () => {
  const { world, discountId } = await familyWorld();
  const { ports, prisma, domain: shop } = world;
  await drawn(world, discountId, { partnerIds: [ANNA] });
  await world.drain();
  registerElsewhere(world, "TEA9", "10002");
  const retired = { shopifyState: "retired", impactState: "expired" };
  await prisma.code.updateMany({ where: { code: "ANNASOWN" }, data: retired });
  const lines = ["TEA9,10001,", "ANNASOWN,10001,", "ANNA10-ACDEFH,10002,"];
  const narrow = "ANNA10-ACDEFJ,10001,winner";
  const file = ["Code,Partner,Reach", ...lines, narrow];
  const uploadId = await checkLines(world, discountId, file);
  const check = await readUploadCheck(ports, { shop, uploadId });
  const { kinds } = uploadView(check!, { timeZone: "UTC" });
  expect(kinds.map(({ what, rows }) => `${rows} × ${what}`).sort()).toEqual([
    "1 × A reach that codes of a family can't have",
    "1 × A retired code of yours",
    "1 × Another partner's code at impact.com",
    "1 × Code of another partner's family",
  ]);
});

test("e-mails below the first rows wait for impact.com as those above do, and nothing is kept", async () => {
  const { world, discountId } = await worldWithDiscount();
  world.impact.faults.failNext(9, 503);
  const ids = Array.from({ length: 40 }, (_, at) => `TEA${at},10001`);
  const form = uploadOf(world, discountId, ["Code,Partner", ...ids, "TEA99,anna@anna.example"]);
  const checked = await checkUpload(world.ports, form);
  expect(checked).toMatchObject({ ok: false, problem: { kind: "no-emails", retry: "later" } });
  expect(await world.prisma.upload.count()).toBe(0);
});

test("new codes that are easily guessed are good rows, counted and named with the reason", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const words = Array.from({ length: 25 }, (_, at) => `SUMMER${at + 10},10002`);
  const lines = ["Code,Partner", "ANNAABLE,10001", "TEA-K3M9PX,10001", "anna10,10001", ...words];
  const uploadId = await checkLines(world, discountId, lines);
  const { upload } = (await readUploadCheck(ports, { shop, uploadId })) ?? {};
  expect(upload?.counts).toMatchObject({ new: 27, yoursUnchanged: 1, wrong: 0 });
  const { warnings } = upload?.counts ?? {};
  expect(warnings).toMatchObject({ rows: 26, byReason: { name: 1, word: 25 } });
  expect(warnings?.first).toHaveLength(20);
  expect(warnings?.first[0]).toEqual({
    number: 2,
    code: "ANNAABLE",
    message: expect.stringMatching(/^ANNAABLE is the partner's name/) as string,
  });
});

test("the file of wrong rows has each of them, however many pages that takes", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const wrong = Array.from({ length: 1_001 }, (_, at) => `TEA${at},Nobody ${at}`);
  const uploadId = await checkLines(world, discountId, ["Code,Partner", ...wrong]);
  const lines = await readWrongRows(ports, { shop, uploadId });
  let file = "";
  for await (const some of lines ?? []) file += some;
  const rows = file.trimEnd().split("\r\n");
  expect(rows).toHaveLength(1_002);
  expect(rows[0]).toBe("\uFEFFRow,Reason,Code,Partner");
  expect(rows[1_001]).toMatch(/^1002,"No partner .*“Nobody 1000”.*,TEA1000,Nobody 1000$/);
  expect((await readUploadCheck(ports, { shop, uploadId }))?.wrong).toHaveLength(50);
});

test("a code of another discount of the shop is wrong, and named with it", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  await makeDiscount(world, draftFor([["10001", "SPRING1"]], { title: "Spring" }));
  const uploadId = await checkLines(world, discountId, ["Code,Partner", "SPRING1,10001"]);
  expect((await readUploadCheck(ports, { shop, uploadId }))?.wrong).toMatchObject([
    { problems: [{ message: expect.stringContaining("by your discount “Spring”") as string }] },
  ]);
});

test("columns that can't be recognised are asked for, nothing is kept, and mapped by hand they count", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, prisma } = world;
  const lines = ["a,b", "TEA1,Nobody", "TEA2,Nobody"];
  const asked = await checkUpload(ports, uploadOf(world, discountId, lines));
  expect(asked).toMatchObject({ ok: true, value: { kind: "ask", columns: [{}, {}] } });
  expect(await prisma.upload.count()).toBe(0);
  const mapping = { code: 0, partner: 1, startsOn: null, endsOn: null, reach: null };
  const form = { ...uploadOf(world, discountId, lines), rows: rowsOf(lines) };
  const mapped = await checkUpload(ports, {
    ...form,
    byHand: { mapping, firstRowIsHeading: true },
  });
  expect(mapped).toMatchObject({ ok: true, value: { kind: "checked" } });
});

test("a partner without a live contract is none that a code could earn for", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const uploadId = await checkLines(world, discountId, ["Code,Partner", "TEA1,10003"]);
  const check = await readUploadCheck(ports, { shop, uploadId });
  expect(check?.wrong).toMatchObject([{ problems: [{ kind: "partner-unknown" }] }]);
});

test("when impact.com can't be asked for e-mails, a file with e-mails is refused and one with ids is not", async () => {
  const { world, discountId } = await worldWithDiscount();
  const message = "impact.com is down.";
  const ports = {
    ...world.ports,
    impact: {
      ...world.ports.impact,
      listPartnerEmails: () =>
        Promise.resolve(failure({ kind: "unavailable" as const, retry: "later", message })),
    },
  };
  const check = (line: string) =>
    checkUpload(ports, uploadOf(world, discountId, ["Code,Partner", line]));
  expect(await check("TEA1,anna@p.example")).toMatchObject({
    ok: false,
    problem: { kind: "no-emails", message: expect.stringContaining(message) as string },
  });
  expect(await check("TEA1,10001")).toMatchObject({ ok: true });
});

test("a file that breaks off keeps nothing, whether with a problem or with the connection", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, prisma } = world;
  const good = Array.from({ length: 1_500 }, (_, at) => ({
    number: at + 2,
    cells: [`TEA${at}`, "10001"],
  }));
  async function* broken(end: "problem" | "throw") {
    yield await Promise.resolve(success({ number: 1, cells: ["Code", "Partner"] }));
    for (const row of good) yield success(row);
    if (end === "throw") throw new Error("connection lost");
    const problem = { kind: "upload-broken", retry: "never", message: "Cut off." } as const;
    yield failure(problem);
  }
  const form = uploadOf(world, discountId, []);
  const refused = await checkUpload(ports, { ...form, rows: broken("problem") });
  expect(refused).toMatchObject({ ok: false, problem: { message: "Cut off." } });
  await expect(checkUpload(ports, { ...form, rows: broken("throw") })).rejects.toThrow("lost");
  expect(await prisma.upload.count()).toBe(0);
  expect(await prisma.uploadRow.count()).toBe(0);
});

test("a file of headings alone is refused with a sentence", async () => {
  const { world, discountId } = await worldWithDiscount();
  const checked = await checkUpload(world.ports, uploadOf(world, discountId, ["Code,Partner"]));
  expect(checked).toMatchObject({ ok: false, problem: { kind: "upload-empty" } });
});

test("characters that PostgreSQL's JSON refuses come back as they were", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  async function* odd() {
    yield await Promise.resolve(success({ number: 1, cells: ["Code", "Partner", "a\u0000b"] }));
    yield success({ number: 2, cells: ["TEA1", "No\u0000body", "\ud800"] });
  }
  const checked = await checkUpload(ports, {
    ...uploadOf(world, discountId, []),
    ...{ rows: odd(), fileName: "a\u0000.csv" },
  });
  const uploadId = checked?.ok && checked.value.kind === "checked" ? checked.value.uploadId : "";
  const check = await readUploadCheck(ports, { shop, uploadId });
  expect(check?.wrong[0]?.row.cells).toEqual(["TEA1", "No\u0000body", "\ud800"]);
  expect(check?.upload.headings[2]).toBe("a\u0000b");
});
