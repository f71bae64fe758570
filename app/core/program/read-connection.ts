import type { ShopDomain } from "../ids.ts";
import type { PartnerSync } from "../partners/partner.ts";
import type { Ports } from "../ports/ports.ts";
import type { Program } from "./program.ts";

/** What a page may know of a connection: everything but the token. */
export interface ConnectionSummary {
  accountSid: string;
  companyName: string | null;
  connectedAt: Date;
  program: Program | null;
  partners: { all: number; withContract: number };
  partnerSync: PartnerSync | null;
}

export async function readConnection(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<ConnectionSummary | null> {
  const connection = await store.connections.find(shop);
  if (!connection) return null;
  const [partners, partnerSync] = await Promise.all([
    store.partners.count(shop),
    store.partners.findSync(shop),
  ]);
  const { credentials, companyName, connectedAt, program } = connection;
  const { accountSid } = credentials;
  return { accountSid, companyName, connectedAt, program, partners, partnerSync };
}
