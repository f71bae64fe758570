import { expect, test } from "vitest";
import { z } from "zod";
import { apiTable } from "#test/sandbox/impact/api/api-table.ts";
import type { Endpoint } from "#test/sandbox/impact/api/endpoint.ts";
import type { Field, FieldType } from "#test/sandbox/impact/api/field.ts";
import { publishedOpenApi, readPublished } from "#test/sandbox/impact/published-openapi.ts";
import type { PublishedSchema } from "#test/sandbox/impact/published-openapi.ts";

// The published files disagree with themselves where the table says `onlyInProse` (ActionTrackerId,
// CustomClickId, AndroidId) or "in prose" (the PUT's Reason); the conversions prose says `PromoCode`
// for what its schema calls `OrderPromoCode`, and that file, like no other, says it is v13.

function published(endpoint: Endpoint) {
  const { operation: find, resolve } = readPublished(endpoint.source);
  const operation = find(endpoint.path, endpoint.method);
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  const schema = bodies[0]?.[1].schema;
  return {
    operation,
    encodings: bodies.map(([encoding]) => encoding),
    form: schema === undefined ? null : resolve(schema),
  };
}

function typeOf({ type, format }: PublishedSchema): FieldType {
  if (format === "date-time" || format === "uri") return format;
  const known = z.enum(["string", "integer", "boolean", "decimal"]);
  return known.parse(type === "number" ? "decimal" : type);
}

/** Both notations to one list: "Text[x]" up to 50 here, "Text1–Text50" in the file. */
function spell(name: string, upTo = 0): string[] {
  const range = /^(.+?)1(?:–| to )\1(\d+)$/.exec(name);
  const stem = range?.[1] ?? (name.endsWith("[x]") ? name.slice(0, -3) : undefined);
  if (stem === undefined) return [name];
  const length = range === null ? upTo : Number(range[2]);
  return Array.from({ length }, (_, index) => `${stem}${index + 1}`);
}

function bySpelling<T>(entries: [name: string, upTo: number | undefined, value: T][]) {
  return new Map(
    entries.flatMap(([name, upTo, value]) => spell(name, upTo).map((spelt) => [spelt, value])),
  );
}

function compareField(name: string, field: Field | undefined, schema: PublishedSchema): void {
  expect(`${name}: ${field?.type}`).toBe(`${name}: ${typeOf(schema)}`);
  if (schema.maxLength !== undefined) expect(field?.maxLength).toBe(schema.maxLength);
  if (schema.enum !== undefined) expect(field?.oneOf).toEqual(schema.enum);
  else for (const value of field?.oneOf ?? []) expect(schema.description).toContain(`\`${value}\``);
  if (field?.required === "in prose") expect(schema.description).toMatch(/^Required\./);
}

if (!publishedOpenApi.present) {
  test("the published OpenAPI files are not beside this repository, so the comparison did not run", () => {
    console.warn(`No comparison with impact.com's OpenAPI: ${publishedOpenApi.folder} is absent.`);
  });
}

for (const endpoint of publishedOpenApi.present ? apiTable : []) {
  const title = `${endpoint.method} ${endpoint.path}`;

  test(`${title} has the published operation, encoding and query fields`, () => {
    const { operation, encodings } = published(endpoint);
    expect(operation.operationId).toBe(endpoint.operationId);
    expect(encodings).toEqual(endpoint.form === null ? [] : ["application/x-www-form-urlencoded"]);
    const parameters = operation.parameters.filter((parameter) => parameter.in === "query");
    expect(endpoint.query.map(({ name }) => name)).toEqual(parameters.map(({ name }) => name));
    for (const { name, required, schema, description } of parameters) {
      const field = endpoint.query.find((candidate) => candidate.name === name);
      expect(field?.required ?? false).toBe(required ?? false);
      // RelationshipState has its two values in the description alone.
      compareField(name, field, { description, ...schema });
    }
  });

  test(`${title} has the published form fields`, () => {
    const { operation, form } = published(endpoint);
    expect(endpoint.form === null).toBe(form === null);
    const fields = endpoint.form ?? [];
    const inSchema = fields.filter((field) => field.onlyInProse === undefined);
    const table = bySpelling(inSchema.map((field) => [field.name, field.upTo, field]));
    const properties = Object.entries(form?.properties ?? {});
    const schema = bySpelling(properties.map(([name, property]) => [name, undefined, property]));
    expect([...table.keys()].sort()).toEqual([...schema.keys()].sort());
    for (const [name, property] of schema) {
      compareField(name, table.get(name), property);
      const required = form?.required?.includes(name) ?? false;
      expect(table.get(name)?.required === true).toBe(required);
    }
    for (const { name } of fields.filter((field) => field.onlyInProse === true))
      expect(operation.description).toContain(`\`${name}\``);
  });
}
