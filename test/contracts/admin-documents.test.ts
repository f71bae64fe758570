import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse, validate } from "graphql";
import { parse as parseToml } from "smol-toml";
import { expect, test } from "vitest";
import { meetsNeed, scopeNeedsOf } from "#test/sandbox/shopify/admin/access-scopes.ts";
import { loadAdminSchema } from "#test/sandbox/shopify/admin/admin-schema.ts";
import { ALL_DOCUMENTS, DOCUMENT_FILES } from "./all-documents.ts";

const VERSIONS = ["2026-07", "2026-10"] as const;
const all = ALL_DOCUMENTS;

test.each(VERSIONS)(
  "every GraphQL document is valid against the real %s schema",
  async (version) => {
    const { schema } = await loadAdminSchema(version);
    expect(all.length).toBeGreaterThan(0);
    for (const [name, text] of all) {
      const problems = validate(schema, parse(text)).map(({ message }) => `${name}: ${message}`);
      expect(problems).toEqual([]);
    }
  },
);

const PERSONAL = /\b(?:customer|email|phone|billingAddress|shippingAddress|clientIp|note)\b/;

test("no document asks for personal data", () => {
  for (const [name, text] of all)
    expect({ name, asks: PERSONAL.exec(text)?.[0] }).toEqual({ name });
});

test("the folder documents holds every GraphQL document of the app", async () => {
  const files = await readdir("app", { recursive: true });
  // Another test asks lint of files that it writes for a moment.
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !file.includes("lint-probe"));
  const holders: string[] = [];
  for (const file of sources) {
    const text = await readFile(path.join("app", file), "utf8");
    if (/#graphql|\bgql`/.test(text)) holders.push(file);
  }
  expect(holders.toSorted()).toEqual(DOCUMENT_FILES);
});

test("the scopes in shopify.app.toml are exactly those that the documents need", async () => {
  const adminSchema = await loadAdminSchema("2026-07");
  const needs = all
    .filter(([name]) => !OPTIONAL.includes(name))
    .flatMap(([, text]) => scopeNeedsOf(adminSchema, parse(text)));
  const granted = await scopesInToml();

  const unmet = needs.filter((need) => !meetsNeed(granted, need));
  expect(unmet).toEqual([]);
  for (const scope of granted) {
    const others = granted.filter((other) => other !== scope);
    const isNeeded = needs.some((need) => !meetsNeed(others, need));
    expect({ scope, isNeeded }).toEqual({ scope, isNeeded: true });
  }
});

/** Asked for only where the merchant has allowed an optional scope. */
const OPTIONAL = ["DISCOUNT_SEGMENTS", "SEGMENTS"];

test("what only some merchants allow needs read_customers and nothing else", async () => {
  const adminSchema = await loadAdminSchema("2026-07");
  const granted = [...(await scopesInToml()), "read_customers"];
  for (const [name, text] of all.filter(([key]) => OPTIONAL.includes(key))) {
    const needs = scopeNeedsOf(adminSchema, parse(text));
    const unmet = (scopes: string[]) => needs.filter((need) => !meetsNeed(scopes, need));
    expect({ name, unmet: unmet(granted) }).toEqual({ name, unmet: [] });
    expect({ name, unmet: unmet(await scopesInToml()).length > 0 }).toEqual({ name, unmet: true });
  }
});

async function scopesInToml(): Promise<string[]> {
  const toml = parseToml(await readFile("shopify.app.toml", "utf8"));
  const { scopes } = toml["access_scopes"] as { scopes: string };
  return scopes.split(",");
}
