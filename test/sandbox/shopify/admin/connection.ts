import { GraphQLError } from "graphql";

/** An item with its place: sorted by value, then by its numeric id. */
export interface Placed<T> {
  item: T;
  /** Digits of the item's id. */
  id: string;
  value: string | number;
}

export interface PageArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  reverse?: boolean | null;
}

interface Place {
  id: string;
  value: string | number;
}

function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function comparePlaces(a: Place, b: Place): number {
  if (a.value === b.value) return compareIds(a.id, b.id);
  return a.value < b.value ? -1 : 1;
}

/** The form of Shopify's cursors; the place is in it, so a page survives what is added meanwhile. */
function cursorOf({ id, value }: Place): string {
  return Buffer.from(JSON.stringify({ last_id: id, last_value: value })).toString("base64");
}

function placeOf(cursor: string, sample: Place | undefined): Place {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64").toString("utf8"));
    const { last_id: id, last_value: value } = read as { last_id?: unknown; last_value?: unknown };
    const known = typeof value === "string" || typeof value === "number";
    const fits = !sample || typeof value === typeof sample.value;
    if (typeof id === "string" && known && fits) return { id, value };
  } catch {
    // Not a cursor of ours: refused below.
  }
  throw new GraphQLError("Invalid cursor for current pagination sort.", {
    extensions: { code: "BAD_REQUEST" },
  });
}

export interface Connection<V> {
  nodes: V[];
  edges(): { cursor: string; node: V }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor(): string | null;
    endCursor(): string | null;
  };
}

/** One page of a list, as Relay's rules and Shopify's arguments say; only its nodes are viewed, and cursors written when asked for. */
export function connection<T, V>(
  placed: Placed<T>[],
  page: PageArguments,
  view: (item: T) => V,
): Connection<V> {
  const direction = page.reverse ? -1 : 1;
  const sorted = [...placed].sort((a, b) => direction * comparePlaces(a, b));
  const after = page.after ? placeOf(page.after, sorted[0]) : null;
  const before = page.before ? placeOf(page.before, sorted[0]) : null;
  const within = sorted.filter(
    (each) =>
      (!after || direction * comparePlaces(each, after) > 0) &&
      (!before || direction * comparePlaces(each, before) < 0),
  );
  const size = page.first ?? page.last ?? 0;
  const slice =
    typeof page.first === "number" ? within.slice(0, size) : within.slice(-size || within.length);
  const nodes = slice.map(({ item }) => view(item));
  const [firstShown, lastShown] = [slice[0], slice.at(-1)];
  return {
    nodes,
    edges: () => slice.map((each, index) => ({ cursor: cursorOf(each), node: nodes[index] as V })),
    pageInfo: {
      hasPreviousPage: firstShown !== undefined && firstShown !== sorted[0],
      hasNextPage: slice.length > 0 && lastShown !== sorted.at(-1),
      startCursor: () => (firstShown ? cursorOf(firstShown) : null),
      endCursor: () => (lastShown ? cursorOf(lastShown) : null),
    },
  };
}
