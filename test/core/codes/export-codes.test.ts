import { expect, test } from "vitest";
import { EVERY_CODE } from "#app/core/codes/code-selection.ts";
import { exportCodes } from "#app/core/codes/export-codes.ts";
import type { CodeStore } from "#app/core/ports/code-stores.ts";
import { withMixedCodes } from "#test/core/given/mixed-codes.ts";
import { createWorld } from "#test/support/world.ts";

test("a file of codes is written page by page as it is read, each code once", async () => {
  const { ports, ...world } = await createWorld();
  const codes = await withMixedCodes(world, 2_300);
  const asked: number[] = [];
  const pageListed: CodeStore["pageListed"] = async (...page) => {
    const read = await ports.store.codes.pageListed(...page);
    asked.push(read.codes.length);
    return read;
  };
  const store = { ...ports.store, codes: { ...ports.store.codes, pageListed } };
  const selection = { kind: "matching", filter: EVERY_CODE } as const;
  const lines = exportCodes(
    { store },
    { shop: world.domain, selection, timeZone: "America/New_York" },
  );
  expect((await lines.next()).value).toMatch(/^\uFEFFCode,/);
  expect(asked).toEqual([]);
  let text = String((await lines.next()).value);
  expect(asked).toEqual([1_000]);
  for await (const piece of lines) text += piece;
  expect(asked).toEqual([1_000, 1_000, 300]);
  const rows = text.trimEnd().split("\r\n");
  expect(rows.map((row) => row.split(",")[0])).toEqual(codes.map(({ code }) => code).sort());
  // November 1st, 2026, 0:00 UTC is still October over there, in summer time.
  expect(rows.some((row) => row.includes(",2026-10-31 20:00,2026-10-31"))).toBe(true);
});

test("codes of another shop are in no file", async () => {
  const { ports, ...world } = await createWorld();
  const [code] = await withMixedCodes(world, 3);
  const selection = { kind: "picked", codeIds: [code?.id ?? ""] } as const;
  const other = "other.myshopify.com" as typeof world.domain;
  const lines = [];
  for await (const line of exportCodes(ports, { shop: other, selection, timeZone: "UTC" })) {
    lines.push(line);
  }
  expect(lines).toHaveLength(1);
});
