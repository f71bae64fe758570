import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import type { GraphQLSchema, ValueNode } from "graphql";

interface Codec {
  parse(value: unknown): unknown;
  serialize(value: unknown): unknown;
}

const ISO_DATE_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function parseDateTime(value: unknown): Date {
  const read = typeof value === "string" ? ISO_DATE_TIME.exec(value) : null;
  const [text, time, , , zone] = read ?? [];
  // A time without a zone is read as UTC, wherever this machine stands.
  const date = text ? new Date(time && !zone ? `${text}Z` : text) : null;
  if (!date || Number.isNaN(date.getTime())) {
    throw new GraphQLError(`invalid datetime '${String(value)}'`);
  }
  return date;
}

function serializeDateTime(value: unknown): string {
  const date = value instanceof Date ? value : new Date(String(value));
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

function parseDecimal(value: unknown): string {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^-?\d+(\.\d+)?$/.test(text)) {
    throw new GraphQLError(`invalid decimal '${String(value)}'`);
  }
  return text;
}

/** Shopify prints 55.00 as "55.0" and 12.50 as "12.5". */
function serializeDecimal(value: unknown): string {
  const [whole, fraction = ""] = parseDecimal(value).split(".");
  return `${whole}.${fraction.replace(/0+$/, "") || "0"}`;
}

function parseUnsigned(value: unknown): string {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^\d+$/.test(text) || BigInt(text) >= 2n ** 64n) {
    throw new GraphQLError(`invalid unsigned 64-bit integer '${String(value)}'`);
  }
  return text;
}

function parseUrl(value: unknown): string {
  if (typeof value !== "string" || !URL.canParse(value)) {
    throw new GraphQLError(`invalid url '${String(value)}'`);
  }
  return value;
}

const codecs: Record<string, Codec> = {
  DateTime: { parse: parseDateTime, serialize: serializeDateTime },
  Decimal: { parse: parseDecimal, serialize: serializeDecimal },
  Money: { parse: parseDecimal, serialize: serializeDecimal },
  UnsignedInt64: { parse: parseUnsigned, serialize: parseUnsigned },
  URL: { parse: parseUrl, serialize: parseUrl },
};

function literalText(node: ValueNode): unknown {
  return node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT
    ? node.value
    : null;
}

/** An introspected schema has scalars without any parsing; these are the ones the app can meet. */
export function addScalars(schema: GraphQLSchema): void {
  for (const [name, codec] of Object.entries(codecs)) {
    const type = schema.getType(name);
    if (!(type instanceof GraphQLScalarType)) throw new Error(`The schema has no scalar ${name}.`);
    type.parseValue = codec.parse;
    type.parseLiteral = (node) => codec.parse(literalText(node));
    type.serialize = codec.serialize;
  }
}
