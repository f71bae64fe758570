import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { PAIR_TABLES } from "./pair-tables.ts";
import { ruleDoc } from "./rule-doc.ts";
import { attributedIn, CLICKS, CODES, outcomeText, RULE_TABLES } from "./rule-table.ts";
import type { ClickCase, CodeCase } from "./rule-table.ts";

const clicks = Object.keys(CLICKS) as ClickCase[];
const codes = Object.keys(CODES) as CodeCase[];

test.each(RULE_TABLES)("$title: every click with every code", ({ rule, rows }) => {
  const decided = clicks.map((click) => [
    click,
    Object.fromEntries(codes.map((code) => [code, outcomeText(attributedIn(rule, click, code))])),
  ]);
  expect(Object.fromEntries(decided)).toEqual(rows);
});

test.each(PAIR_TABLES)("$title", ({ rows, decide }) => {
  const decided = Object.entries(rows).map(([row, cells]) => [
    row,
    Object.fromEntries(Object.keys(cells).map((column) => [column, decide(row, column)])),
  ]);
  expect(Object.fromEntries(decided)).toEqual(rows);
});

test("docs/attribution.md says what these cases say (npm run docs:attribution writes it)", async () => {
  const path = "docs/attribution.md";
  expect(await readFile(path, "utf8")).toBe(await ruleDoc(path));
});
