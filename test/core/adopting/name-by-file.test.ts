import { expect, test } from "vitest";
import { nameByFile } from "#app/core/adopting/name-by-file.ts";
import { leftCodesFile } from "#app/core/adopting/read-adopting.ts";
import { readFound } from "#app/core/adopting/read-found.ts";
import { wrongFileRows } from "#app/core/adopting/wrong-file-rows.ts";
import {
  beginToAdopt,
  discountByHand,
  ourCodes,
  readToAdopt,
  verdictsOf,
} from "#test/core/given/adopting.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import type { World } from "#test/support/world.ts";

async function* rowsOf(lines: readonly string[]) {
  for (const [index, line] of lines.entries()) {
    yield { ok: true as const, value: { number: index + 1, cells: line.split(",") } };
  }
}

async function name(world: World, adoptionId: string, lines: readonly string[]) {
  const { ports, domain: shop } = world;
  const named = await nameByFile(ports, {
    ...{ shop, adoptionId, fileName: "partners.csv", byHand: null, timeZone: "UTC" },
    rows: rowsOf(lines),
  });
  await readFound(ports, { shop, adoptionId });
  return named;
}

test("a file names the partners of codes that were found, and its wrong rows come back with the reasons", async () => {
  const world = await worldWithCodes();
  const podcast = discountByHand(world, "Podcast", ["POD-1", "POD-2", "POD-3", "POD-4"]);
  const adoptionId = await readToAdopt(world, [podcast]);
  const named = await name(world, adoptionId, [
    "Code,Partner,Note",
    "pod-1,10001,",
    "POD-2,Ben Baker,",
    "POD-9,10001,not there",
    "POD-3,Cleo None,",
    "POD-1,10002,",
  ]);
  expect(named).toEqual({ ok: true, value: { kind: "checked" } });
  expect(await verdictsOf(world, adoptionId)).toEqual({ "assigned file": 2, nobodys: 2 });
  const wrong = await wrongFileRows(world.ports, { shop: world.domain, adoptionId });
  const [head, ...lines] = (wrong ?? "").replace("\uFEFF", "").trimEnd().split("\r\n");
  expect(head).toBe("Row,Reason,Code,Partner,Note");
  expect(lines).toEqual([
    expect.stringMatching(/^4,"?POD-9 is none of the codes that were found/) as string,
    expect.stringMatching(/^5,"?No partner of your program has the name “Cleo None”/) as string,
    expect.stringMatching(/^6,"?POD-1 stands in row 2 already/) as string,
  ]);
  await beginToAdopt(world, adoptionId);
  await world.drain();
  expect(await ourCodes(world)).toEqual([
    "ANNA10 10001 live registered",
    "BEN10 10002 live registered",
    "POD-1 10001 live registered",
    "POD-2 10002 live registered",
    "POD-3 nobody live planned",
    "POD-4 nobody live planned",
  ]);
});

test("codes that live in Shopify are named as they are spelled there, and as our files write them", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const codes = ["SUMMER SALE", "10%OFF", "@ANNA", "-5OFF"];
  const adoptionId = await readToAdopt(world, [discountByHand(world, "Old", codes)]);
  const left = (await leftCodesFile(ports, { shop, adoptionId })) ?? "";
  const rows = left
    .replace("\uFEFF", "")
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
  const given = rows.map(([code = "", , ...why], at) => [code, at ? "10001" : "Partner", ...why]);
  expect(given.map(([code]) => code)).toContain("'@ANNA");
  await name(
    world,
    adoptionId,
    given.map((cells) => cells.join(",")),
  );
  expect(await verdictsOf(world, adoptionId)).toEqual({ "assigned file": 4 });
  await beginToAdopt(world, adoptionId);
  await world.drain();
  expect(await ourCodes(world)).toContain("@ANNA 10001 live registered");
});

test("codes that nobody has are assigned by a file, and one that somebody has is not given away", async () => {
  const world = await worldWithCodes();
  const podcast = discountByHand(world, "Podcast", ["POD-1"]);
  await beginToAdopt(world, await readToAdopt(world, [podcast]));
  await world.drain();
  const adoptionId = await readToAdopt(world, { kind: "every", search: "" }, "again");
  await name(world, adoptionId, ["Code,Partner", "POD-1,10002", "ANNA10,10002", "BEN10,10002"]);
  expect(await verdictsOf(world, adoptionId)).toEqual({ "assigned file": 1, managed: 2 });
  const wrong = await wrongFileRows(world.ports, { shop: world.domain, adoptionId });
  expect(wrong).toContain("ANNA10 belongs to Anna Able here already.");
  expect(wrong?.trimEnd().split("\r\n")).toHaveLength(2);
});

test("another file takes the place of the one before, and one without partners asks for its columns", async () => {
  const world = await worldWithCodes();
  const podcast = discountByHand(world, "Podcast", ["POD-1", "POD-2"]);
  const adoptionId = await readToAdopt(world, [podcast]);
  await name(world, adoptionId, ["Code,Partner", "POD-1,10001", "POD-8,10001"]);
  await name(world, adoptionId, ["Code,Partner", "POD-2,10002"]);
  expect(await world.prisma.adoptionRow.count()).toBe(0);
  const codes = await world.prisma.adoptionCode.findMany({ orderBy: { code: "asc" } });
  expect(codes.map(({ partnerId }) => partnerId)).toEqual([null, "10002"]);
  const asked = await name(world, adoptionId, ["x y,z", "q r,s"]);
  expect(asked).toMatchObject({ ok: true, value: { kind: "ask" } });
});
