import { EVERY_CODE } from "../codes/code-selection.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { FileScope } from "./registration-file.ts";

/** What registering by a file would spare. */
export interface FileOffer {
  codes: number;
  /** About so long impact.com's hourly limit makes them wait one by one. */
  hours: number;
}

/** The codes of one batch, or all of the shop's. */
export function scopeOf(batchId: string | null): FileScope {
  return batchId === null ? { selection: { kind: "matching", filter: EVERY_CODE } } : { batchId };
}

/** A file is offered where one by one takes more than an hour of the account's budget. */
export async function offerFile(
  { store, impact }: Pick<Ports, "store" | "impact">,
  { shop, batchId }: { shop: ShopDomain; batchId: string | null },
): Promise<FileOffer | null> {
  const connection = await store.connections.find(shop);
  if (!connection?.program) return null;
  const perHour = await impact.registrationsPerHour(connection.credentials);
  const scope = scopeOf(batchId);
  // Few wait as a rule, and then nobody needs to know how many.
  const some = await store.registrationFiles.countWaiting(shop, scope, perHour + 1);
  if (some <= perHour) return null;
  const codes = await store.registrationFiles.countWaiting(shop, scope);
  return { codes, hours: Math.max(2, Math.round(codes / perHour)) };
}
