import { expect, test } from "vitest";
import { handOutLines } from "#app/core/hand-outs/hand-out-lines.ts";
import { listHandOuts } from "#app/core/hand-outs/list-hand-outs.ts";
import { MOST_PICTURES } from "#app/core/hand-outs/hand-out.ts";
import { readPartner, type BesideCode } from "#app/core/hand-outs/read-partner.ts";
import { EVERY_CODE } from "#app/core/codes/code-selection.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import type { World } from "#test/support/world.ts";

const ANNA = "10001" as PartnerId;
const EVERY = { kind: "matching", filter: EVERY_CODE } as const;
const ANNAS = { kind: "matching", filter: { ...EVERY_CODE, partnerId: ANNA } } as const;

/** So many more codes of Anna's, registered, beside ANNA10. */
async function withMany(world: World, codes: number): Promise<void> {
  const { discountId } = await codeOf(world, "ANNA10");
  const { prisma, domain: shop, clock } = world;
  await prisma.$executeRaw`
    WITH made AS (
      INSERT INTO "Code" ("id", "shop", "code", "discountId", "shopifyState", "impactState", "createdAt")
      SELECT gen_random_uuid(), ${shop}, 'T' || to_char(n, 'FM00000'), ${discountId}::uuid,
             'live', 'registered', ${clock.now()}
      FROM generate_series(1, ${codes}::int) n RETURNING "id")
    INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
    SELECT gen_random_uuid(), ${shop}, made."id", ${ANNA}, ${clock.now()} FROM made`;
}

test("a ZIP holds as many pictures as fit, more are refused with a sentence, and the CSV holds any", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  await withMany(world, MOST_PICTURES - 1);
  const annas = await listHandOuts(ports, { shop, scope: ANNAS });
  expect(annas.ok && annas.value.map(({ codes }) => codes.length)).toEqual([MOST_PICTURES]);
  const all = await listHandOuts(ports, { shop, scope: EVERY });
  expect(all.ok ? "" : all.problem.message).toMatch(/more than 5,000 codes.*download the CSV/);
  let file = "";
  for await (const lines of handOutLines(ports, { shop, scope: EVERY })) file += lines;
  const [heading, first, ...rows] = file.trimEnd().split("\r\n");
  expect(heading).toMatch(/^\uFEFFPartner,/);
  expect(first).toMatch(
    /^Anna Able,10001,ANNA10,https:\/\/tea-house\.myshopify\.com\/discount\/ANNA10,10% off\.,/,
  );
  expect(new Set(rows).size).toBe(MOST_PICTURES);
});

test("a partner's codes are turned page by page, there and back, each once", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  await withMany(world, 59);
  const turn = async (beside: BesideCode | null) => {
    const page = await readPartner(ports, { shop, partnerId: ANNA, beside });
    if (!page) throw new Error("no such partner");
    return { ...page, texts: page.codes.map(({ code }) => code) };
  };
  const last = (texts: DiscountCode[]) => texts.at(-1) ?? ("" as DiscountCode);
  const first = await turn(null);
  const second = await turn({ side: "after", code: last(first.texts) });
  const third = await turn({ side: "after", code: last(second.texts) });
  expect(new Set([first, second, third].flatMap(({ texts }) => texts)).size).toBe(60);
  expect([first, second, third].map(({ hasPrevious, hasNext }) => [hasPrevious, hasNext])).toEqual([
    [false, true],
    [true, true],
    [true, false],
  ]);
  const back = await turn({ side: "before", code: second.texts[0] ?? ("" as DiscountCode) });
  expect(back.texts).toEqual(first.texts);
  expect([back.hasPrevious, back.hasNext]).toEqual([false, true]);
});

test("a code with an end of its own says that end, and is not handed out after it", async () => {
  const world = await worldWithCodes();
  const { ports, prisma, domain: shop, clock } = world;
  const endsAt = new Date(clock.now().getTime() + 86_400_000);
  await prisma.code.updateMany({ where: { code: "ANNA10" }, data: { endsAt, reach: "INVOLVED" } });
  const read = async () => {
    const page = await readPartner(ports, { shop, partnerId: ANNA, beside: null });
    return page?.codes[0];
  };
  expect((await read())?.handOut).toMatchObject({
    endsAt,
    needsClick: true,
    terms: expect.stringMatching(/^10% off, until /) as string,
  });
  clock.pass(86_400_000);
  expect(await read()).toMatchObject({
    handOut: null,
    notReady: expect.stringMatching(/it or its discount has ended/) as string,
  });
});

test("a partner of another shop, or none, has no page", async () => {
  const { ports, domain: shop } = await worldWithCodes();
  expect(await readPartner(ports, { shop, partnerId: "9" as PartnerId, beside: null })).toBeNull();
});
