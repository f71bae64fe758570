import type { Theirs } from "#test/core/given/theirs.ts";

/** Every name a page may read from its address, with the other shop's id. */
export function addressWith(theirs: Theirs): string {
  const { partnerId: partner, discountId: discount, codeId: id } = theirs;
  const codes = { partner, discount, id };
  const named = { ...theirs, ...codes, search: "Guarded", program: "1000", format: "csv" };
  return `/app?${new URLSearchParams(named).toString()}`;
}
