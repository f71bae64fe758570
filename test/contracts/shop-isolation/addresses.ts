import type { Theirs } from "#test/core/given/theirs.ts";

/** Every name a page may read from its address, with the other shop's id. */
export function addressWith(theirs: Theirs): string {
  const { partnerId: partner, discountId: discount, codeId: id } = theirs;
  // A form's key can be any id.
  const codes = { partner, discount, id, draft: discount };
  const named = { ...theirs, ...codes, search: "Guarded", program: "1000", format: "csv" };
  return `/app?${new URLSearchParams(named).toString()}`;
}
