import { GraphQLError } from "graphql";

type Comparator = ">=" | "<=" | ">" | "<" | "=";

interface Term {
  field: string;
  comparator: Comparator;
  value: string;
}

/** What a search can ask of one item: a moment, a number, or words compared without case. */
export type SearchField<T> = (item: T) => Date | number | string | readonly string[];

const TERM = /\s*(?:AND\s+)?([a-z_]+):(>=|<=|>|<|=)?(?:"([^"]*)"|'([^']*)'|(\S+))/gy;
/** Quoted words without a field, any of which may be met: the default search. */
const WORDS = /^\s*"(?:[^"\\]|\\.)*"(?:\s+OR\s+"(?:[^"\\]|\\.)*")*\s*$/;

function refuse(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
}

/** What the default search looks for, where the query is one; a word may stand anywhere in a text. */
function wordsOf(query: string): string[] | null {
  if (!WORDS.test(query)) return null;
  const quoted = query.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  return quoted.map((word) => word.slice(1, -1).replaceAll(/\\(.)/g, "$1").toLowerCase());
}

/** `field:value` terms joined by spaces or AND: the part of Shopify's search syntax held here. */
function parseTerms(query: string): Term[] {
  const terms: Term[] = [];
  const text = query.trim();
  let end = 0;
  for (const [whole, field = "", comparator = "=", ...values] of text.matchAll(TERM)) {
    const value = values.find((each) => each !== undefined) ?? "";
    terms.push({ field, comparator: comparator as Comparator, value });
    end += whole.length;
  }
  if (end < text.length) {
    throw refuse(`The Shopify stand-in cannot read the search query at "${text.slice(end)}".`);
  }
  return terms;
}

function compares(difference: number, comparator: Comparator): boolean {
  if (comparator === "=") return difference === 0;
  if (comparator === ">") return difference > 0;
  if (comparator === "<") return difference < 0;
  return comparator === ">=" ? difference >= 0 : difference <= 0;
}

function dateOf(term: Term): number {
  const moment = Date.parse(term.value);
  if (Number.isNaN(moment)) throw refuse(`Invalid timestamp for query filter \`${term.field}\`.`);
  return moment;
}

function matchesWord(word: string, value: string): boolean {
  const [a, b] = [word.toLowerCase(), value.toLowerCase()];
  return b.endsWith("*") ? a.startsWith(b.slice(0, -1)) : a === b;
}

function meets(actual: ReturnType<SearchField<unknown>>, term: Term): boolean {
  if (actual instanceof Date) {
    // Shopify's timestamps have whole seconds.
    const second = Math.floor(actual.getTime() / 1_000) * 1_000;
    return compares(second - dateOf(term), term.comparator);
  }
  if (typeof actual === "number") return compares(actual - Number(term.value), term.comparator);
  const words = typeof actual === "string" ? [actual] : actual;
  return words.some((word) => matchesWord(word, term.value));
}

/** Shopify ignores a filter it does not know and only warns; a test should hear of it, so we refuse. */
export function searchFilter<T>(
  query: string | null | undefined,
  fields: Record<string, SearchField<T>>,
  textOf: ((item: T) => string) | null = null,
): (item: T) => boolean {
  const words = textOf && wordsOf(query ?? "");
  if (words) {
    return (item) => words.some((word) => textOf(item).toLowerCase().includes(word));
  }
  const tests = parseTerms(query ?? "").map((term) => {
    const read = fields[term.field];
    if (!read) throw refuse(`The Shopify stand-in has no search filter "${term.field}".`);
    if (term.field.endsWith("_at")) dateOf(term);
    return (item: T) => meets(read(item), term);
  });
  return (item) => tests.every((test) => test(item));
}
