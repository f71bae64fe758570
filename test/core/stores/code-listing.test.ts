import { expect, test } from "vitest";
import { assignCode } from "#app/core/codes/assign-code.ts";
import { EVERY_CODE, type CodeFilter, type CodeSort } from "#app/core/codes/code-selection.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { withMixedCodes, type MixedCode } from "#test/core/given/mixed-codes.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const ANNA = "10001" as PartnerId;
const BEN = "10002" as PartnerId;
const DAY_MS = 86_400_000;

function matches(code: MixedCode, filter: CodeFilter): boolean {
  const { text, partnerId, discountId, shopifyState, impactState, isUsed } = filter;
  const isUnregistered = code.impactState !== "registered";
  return [
    text === null || (text.length < 3 ? code.code.startsWith(text) : code.code.includes(text)),
    partnerId === null || (code.partnerId ?? "none") === partnerId,
    discountId === null || code.discountId === discountId,
    shopifyState === null || code.shopifyState === shopifyState,
    impactState === null ||
      (impactState === "unregistered" ? isUnregistered : code.impactState === impactState),
    isUsed === null || (code.lastUsedAt !== null) === isUsed,
  ].every(Boolean);
}

function sorted(codes: readonly MixedCode[], { by, descending }: CodeSort): string[] {
  const time = (code: MixedCode) =>
    (by === "created" ? code.createdAt : by === "used" ? code.lastUsedAt : null)?.getTime() ?? 0;
  const ascending = codes.toSorted(
    (one, other) => time(one) - time(other) || (one.code < other.code ? -1 : 1),
  );
  return (descending ? ascending.toReversed() : ascending).map(({ code }) => code);
}

/** Every page from the first to the last, and back again. */
async function readAll(
  { ports, domain }: World,
  filter: CodeFilter,
  sort: CodeSort,
  countUpTo: number,
): Promise<{ forth: string[]; back: string[] }> {
  const page = (side: "after" | "before", place: string | null) =>
    ports.store.codes.pageListed(
      domain,
      { kind: "matching", filter },
      { sort, beside: place === null ? null : { side, place }, limit: 7, countUpTo },
    );
  const forth: string[] = [];
  let read = await page("after", null);
  expect(read.previous).toBeNull();
  for (;;) {
    forth.push(...read.codes.map(({ code }) => code));
    if (read.next === null) break;
    read = await page("after", read.next);
  }
  const back = read.codes.map(({ code }) => code);
  while (read.previous !== null) {
    read = await page("before", read.previous);
    back.unshift(...read.codes.map(({ code }) => code));
    if (back.length > forth.length) break;
  }
  return { forth, back };
}

test("every filter and sorting gives its codes, each once, page by page forth and back", async () => {
  const world = await createWorld();
  const codes = await withMixedCodes(world, 120);
  const discountId = codes[0]?.discountId ?? "";
  const filters: Partial<CodeFilter>[] = [
    {},
    ...["A", "AN", "NNA", "50%_", "%", "_OF", "NOT-THERE", "\\"].map((text) => ({ text })),
    ...([ANNA, BEN, "none"] as const).map((partnerId) => ({ partnerId })),
    { discountId },
    ...(["live", "planned", "failed", "retired"] as const).map((shopifyState) => ({
      shopifyState,
    })),
    ...(["registered", "planned", "failed", "expired", "unregistered"] as const).map(
      (impactState) => ({ impactState }),
    ),
    { isUsed: true },
    { isUsed: false },
    { partnerId: ANNA, shopifyState: "live", isUsed: false },
    { text: "ANNA", discountId, impactState: "unregistered", partnerId: "none" },
  ];
  for (const part of filters) {
    const filter = { ...EVERY_CODE, ...part };
    const matching = codes.filter((code) => matches(code, filter));
    for (const by of ["code", "created", "used"] as const) {
      for (const descending of [false, true]) {
        const sort = { by, descending };
        const expected = sorted(matching, sort);
        // Few are read in another way than many.
        for (const countUpTo of [2, 1_000]) {
          const label = JSON.stringify({ part, sort, countUpTo });
          const both = { forth: expected, back: expected };
          expect(await readAll(world, filter, sort, countUpTo), label).toEqual(both);
        }
      }
    }
  }
});

test("a selection is walked page by page and counted, whether picked or matching", async () => {
  const world = await createWorld();
  const codes = await withMixedCodes(world, 60);
  const { codes: store } = world.ports.store;
  const idsOf = (some: readonly MixedCode[]) => some.map(({ id }) => id).sort();
  const filter = { ...EVERY_CODE, partnerId: ANNA };
  const ofAnna = codes.filter(({ partnerId }) => partnerId === ANNA);
  const picked = { kind: "picked", codeIds: idsOf(codes.slice(0, 9)) } as const;
  for (const [selection, expected] of [
    [{ kind: "matching", filter } as const, idsOf(ofAnna)],
    [picked, picked.codeIds],
  ] as const) {
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const page = await store.pageSelected(world.domain, selection, { after, limit: 4 });
      expect(page.codeIds.length).toBeLessThanOrEqual(4);
      ids.push(...page.codeIds);
      after = page.next;
    } while (after !== null);
    expect(ids.sort()).toEqual(expected);
    expect(await store.countSelected(world.domain, selection)).toBe(expected.length);
    expect(await store.countSelected(world.domain, selection, { upTo: 5 })).toBe(5);
  }
});

test("a code's partner follows its assignments, whoever writes them", async () => {
  const world = await worldWithCodes();
  const { prisma, domain, ports } = world;
  const { id: codeId } = await codeOf(world, "ANNA10");
  const listed = async (partnerId: PartnerId | "none") => {
    const selection = { kind: "matching", filter: { ...EVERY_CODE, partnerId } } as const;
    const page = {
      sort: { by: "code", descending: false },
      beside: null,
      limit: 9,
      countUpTo: 9,
    } as const;
    const { codes } = await ports.store.codes.pageListed(domain, selection, page);
    return codes.map(({ code, partner }) => [code, partner?.name ?? null]);
  };
  expect(await listed(ANNA)).toEqual([["ANNA10", "Anna Able"]]);

  const now = world.clock.now();
  await prisma.assignment.updateMany({ where: { codeId }, data: { endsAt: now } });
  expect(await listed("none")).toEqual([["ANNA10", null]]);
  const startsAt = now;
  await prisma.assignment.create({ data: { shop: domain, codeId, partnerId: BEN, startsAt } });
  expect(await listed(BEN)).toEqual([
    ["ANNA10", "Ben Baker"],
    ["BEN10", "Ben Baker"],
  ]);
  await prisma.assignment.deleteMany({ where: { codeId, endsAt: null } });
  expect(await listed("none")).toEqual([["ANNA10", null]]);
});

test("a code is used from its first order on, and its last use is right to a day", async () => {
  const world = await worldWithCodes();
  const lastUsed = async (code: string) => {
    const row = await world.prisma.code.findFirstOrThrow({ where: { code } });
    return row.lastUsedAt;
  };
  const dayOf = (at: Date | null) =>
    at && Math.floor((world.clock.now().getTime() - at.getTime()) / DAY_MS);
  expect(await lastUsed("ANNA10")).toBeNull();

  await buyAndDeliver(world, { codes: ["ANNA10"] });
  const first = await lastUsed("ANNA10");
  expect(dayOf(first)).toBe(0);
  expect(await lastUsed("BEN10")).toBeNull();

  world.clock.pass(3_600_000);
  await buyAndDeliver(world, { codes: ["ANNA10", "BEN10"] });
  expect(await lastUsed("ANNA10")).toEqual(first);
  expect(dayOf(await lastUsed("BEN10"))).toBe(0);

  world.clock.pass(2 * DAY_MS);
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(dayOf(await lastUsed("ANNA10"))).toBe(0);
});

test("a code that was typed before it was ours counts as used", async () => {
  const world = await worldWithCodes();
  makeInShopify(world, "PODCAST15", "Podcast");
  await buyAndDeliver(world, { codes: ["PODCAST15"] });
  const code = "PODCAST15" as DiscountCode;
  const wish = { shop: world.domain, code, partnerId: ANNA, since: null };
  expect(await assignCode(world.ports, wish)).toMatchObject({ ok: true });
  const { lastUsedAt } = await world.prisma.code.findFirstOrThrow({ where: { code } });
  expect(lastUsedAt).not.toBeNull();
});
