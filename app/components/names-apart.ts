interface Named {
  partnerId: string;
  name: string;
}

/** What each partner is called where one is chosen: those of one name by their ids too. */
export function namesApart(partners: readonly Named[]): Map<string, string> {
  const times = new Map<string, number>();
  for (const { name } of partners) times.set(keyOf(name), (times.get(keyOf(name)) ?? 0) + 1);
  return new Map(
    partners.map(({ partnerId, name }) => {
      const isOneOfMany = (times.get(keyOf(name)) ?? 0) > 1;
      return [partnerId, isOneOfMany ? `${name.trim()} (${partnerId})` : name];
    }),
  );
}

/** Nobody tells names apart by their case or spaces. */
function keyOf(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}
