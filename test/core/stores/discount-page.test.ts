import { expect, test } from "vitest";
import { listDiscounts, readDiscount } from "#app/core/codes/read-discounts.ts";
import type { CodesBeside } from "#app/core/ports/code-stores.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld } from "#test/support/world.ts";

async function worldWith120Codes() {
  const world = await createWorld();
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "C000"]]));
  const { domain: shop, prisma, clock } = world;
  const texts = Array.from({ length: 119 }, (_, at) => `C${String(at + 1).padStart(3, "0")}`);
  await prisma.code.createMany({
    data: texts.map((code) => ({
      ...{ shop, code, discountId, createdAt: clock.now() },
      ...{ shopifyState: "live", impactState: code < "C020" ? "registered" : "planned" },
    })),
  });
  const read = async (beside: CodesBeside | null) => {
    const detail = await readDiscount(world.ports, { shop, discountId, beside });
    if (!detail) throw new Error("no discount");
    return detail;
  };
  return { world, read };
}

test("a discount's codes are read fifty at a time, forth and back, each once", async () => {
  const { read } = await worldWith120Codes();
  const first = (await read(null)).page;
  expect(first).toMatchObject({ hasPrevious: false, hasNext: true });
  const second = (await read({ side: "after", code: first.codes.at(-1)?.code ?? "" })).page;
  expect(second).toMatchObject({ hasPrevious: true, hasNext: true });
  const third = (await read({ side: "after", code: second.codes.at(-1)?.code ?? "" })).page;
  expect(third).toMatchObject({ hasPrevious: true, hasNext: false });
  const all = [first, second, third].flatMap(({ codes }) => codes.map(({ code }) => code));
  expect(all).toEqual(Array.from({ length: 120 }, (_, at) => `C${String(at).padStart(3, "0")}`));
  const back = (await read({ side: "before", code: third.codes[0]?.code ?? "" })).page;
  expect(back).toEqual(second);
  const start = (await read({ side: "before", code: second.codes[0]?.code ?? "" })).page;
  expect(start).toMatchObject({ hasPrevious: false, hasNext: true, codes: first.codes });
});

test("the counts are of all codes, whichever page is read", async () => {
  const { world, read } = await worldWith120Codes();
  const counts = { all: 120, live: 119, registered: 19, failed: 0, waiting: 100 };
  expect((await read({ side: "after", code: "C100" })).counts).toEqual(counts);
  expect(await listDiscounts(world.ports, world.domain)).toMatchObject([
    { codes: 120, live: 119, registered: 19, failed: 0 },
  ]);
});
