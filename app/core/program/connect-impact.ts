import type { ShopDomain } from "../ids.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";

/**
 * Connects a shop to an impact.com account after a real call with its credentials. A token without
 * the company scope is still a good one, if it may read programs.
 */
export async function connectImpact(
  ports: Ports,
  { shop, accountSid, authToken }: { shop: ShopDomain; accountSid: string; authToken: string },
): Promise<Result<null, Problem>> {
  const credentials = { accountSid: accountSid.trim(), authToken: authToken.trim() };
  if (!credentials.accountSid || !credentials.authToken) return failure(nothingEntered());

  const company = await ports.impact.companyName(credentials);
  if (!company.ok && company.problem.kind !== "missing-scope") return company;
  const programs = await ports.impact.listPrograms(credentials);
  if (!programs.ok) return programs;

  const companyName = company.ok ? company.value : null;
  const now = ports.clock.now();
  await ports.store.inTransaction(async (tx) => {
    const before = await tx.connections.find(shop);
    await tx.connections.saveCredentials(shop, { ...credentials, companyName }, now);
    if (before && before.credentials.accountSid !== credentials.accountSid) {
      await tx.partners.stopSync(shop, OTHER_ACCOUNT, now);
    }
  });
  return success(null);
}

function nothingEntered(): Problem<ImpactProblem["kind"]> {
  return {
    kind: "bad-credentials",
    retry: "never",
    message:
      "Enter both the Account SID and the Auth Token. You find them at impact.com under Settings → Technical → API.",
  };
}

const OTHER_ACCOUNT =
  "Another account was connected while partners were read. Choose a program to read them again.";
const DISCONNECTED =
  "impact.com was disconnected while partners were read. Connect it and choose a program to read them again.";

/** Forgets the account's token and the chosen program; what was reported stays on record. */
export async function disconnectImpact(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<void> {
  await store.inTransaction(async (tx) => {
    await tx.connections.remove(shop);
    await tx.partners.stopSync(shop, DISCONNECTED, clock.now());
  });
}
