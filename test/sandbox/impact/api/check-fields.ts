import type { Field } from "./field.ts";
import type { Violation } from "./violation.ts";

/** What a request's query or form says against the fields documented for it. */
export function checkFields(sent: URLSearchParams, documented: readonly Field[]): Violation[] {
  const violations: Violation[] = [];
  const refuse = (field: string, message: string) =>
    violations.push({ field, message, status: 400 });

  for (const name of new Set(sent.keys())) {
    const values = sent.getAll(name);
    if (values.length > 1) refuse(name, "Sent more than once");
    const field = documentedField(name, documented);
    if (field === undefined) refuse(name, "Not a documented field");
    else for (const message of checkValue(values[0] ?? "", field)) refuse(name, message);
  }
  for (const field of documented) {
    if (field.required !== undefined && (sent.get(field.name) ?? "") === "")
      refuse(field.name, "Required");
  }
  return violations;
}

const known = new WeakMap<readonly Field[], Map<string, Field>>();

/** Remembers what it found: an app sends the same few names again and again. */
function documentedField(name: string, documented: readonly Field[]): Field | undefined {
  const byName = known.get(documented) ?? new Map<string, Field>();
  known.set(documented, byName);
  const field = byName.get(name) ?? documented.find((one) => pattern(one).test(name));
  if (field) byName.set(name, field);
  return field;
}

function checkValue(value: string, field: Field): string[] {
  // An empty required value is reported once, as missing.
  if (value === "") return field.required === undefined ? ["Empty value"] : [];
  const messages: string[] = [];
  const expected = typeMismatch(value, field);
  if (expected !== null) messages.push(expected);
  if (field.maxLength !== undefined && value.length > field.maxLength)
    messages.push(`Longer than ${field.maxLength} characters`);
  if (field.oneOf !== undefined && !field.oneOf.includes(value))
    messages.push(`Not one of ${field.oneOf.join(", ")}`);
  return messages;
}

// `NOW` as an EventDate is accepted by older pages and discouraged by all; v14 names ISO 8601 only.
const isoWithOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

function typeMismatch(value: string, field: Field): string | null {
  switch (field.type) {
    case "integer":
      return /^-?\d+$/.test(value) ? null : "Not a numeric value";
    case "decimal":
      return /^-?\d+(\.\d+)?$/.test(value) ? null : "Not a decimal value";
    case "boolean":
      return /^(true|false)$/.test(value) ? null : "Not true or false";
    case "date-time":
      return isoWithOffset.test(value) && !Number.isNaN(Date.parse(value))
        ? null
        : "Not an ISO 8601 date with time and offset";
    case "uri":
      return URL.canParse(value) ? null : "Not a URL";
    case "string":
      return null;
  }
}

function pattern(field: Field): RegExp {
  if (field.repeats === true) return new RegExp(`^${field.name}([2-9]|[1-9]\\d+)?$`);
  const upTo = Array.from({ length: field.upTo ?? 0 }, (_, index) => index + 1).join("|");
  return new RegExp(`^${field.name.replace("[i]", "[1-9]\\d*").replace("[x]", `(${upTo})`)}$`);
}
