export type FieldType = "string" | "integer" | "decimal" | "boolean" | "date-time" | "uri";

/** One documented query or form field. */
export interface Field {
  /** `[i]` stands for an item number, `[x]` for a number up to `upTo`; both start at 1. */
  name: string;
  type: FieldType;
  upTo?: number;
  /** The first is bare, the others are numbered: Sku, Sku2, Sku3 … */
  repeats?: true;
  /** "in prose": the schema's `required` list leaves it out, its description says "Required." */
  required?: true | "in prose";
  maxLength?: number;
  oneOf?: readonly string[];
  /** Named in an operation's prose, absent from its schema. */
  onlyInProse?: true;
}

type Options = Omit<Field, "name" | "type">;

const field =
  (type: FieldType) =>
  (name: string, options: Options = {}): Field => ({ name, type, ...options });

export const text = field("string");
export const integer = field("integer");
export const decimal = field("decimal");
export const boolean = field("boolean");
export const dateTime = field("date-time");
export const uri = field("uri");
