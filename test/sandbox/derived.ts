interface Seen<Entry, Derived> {
  derived: Derived;
  size: number;
  first: Entry | undefined;
  last: Entry | undefined;
}

/**
 * Something worked out of a list entry by entry, such as an index. A list grows at its end or loses
 * entries, for good; one that lost some is gone through anew.
 */
export function derived<Entry extends object, Derived>(
  start: () => Derived,
  add: (derived: Derived, entry: Entry, place: number) => void,
): (list: readonly Entry[]) => Derived {
  const known = new WeakMap<readonly Entry[], Seen<Entry, Derived>>();
  return (list) => {
    let seen = known.get(list);
    if (!seen || !hasOnlyGrown(list, seen)) {
      seen = { derived: start(), size: 0, first: list[0], last: undefined };
      known.set(list, seen);
    }
    for (; seen.size < list.length; seen.size += 1) {
      const entry = list[seen.size];
      if (entry) add(seen.derived, entry, seen.size);
    }
    seen.last = list.at(-1);
    return seen.derived;
  };
}

/** The entries of a list by a key that never changes, in the list's order. */
export function indexedBy<Entry extends object>(
  keyOf: (entry: Entry) => string,
): (list: readonly Entry[], key: string) => readonly Entry[] {
  const indexOf = derived(
    () => new Map<string, Entry[]>(),
    (index, entry: Entry) => {
      const alike = index.get(keyOf(entry));
      if (alike) alike.push(entry);
      else index.set(keyOf(entry), [entry]);
    },
  );
  return (list, key) => indexOf(list).get(key) ?? [];
}

/** Losing an entry moves those behind it, so that the last one seen is elsewhere. */
function hasOnlyGrown<Entry>(
  list: readonly Entry[],
  { size, first, last }: Seen<Entry, unknown>,
): boolean {
  return size === 0 || (list[0] === first && list[size - 1] === last);
}
