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
  await ports.store.connections.saveCredentials(shop, { ...credentials, companyName }, now);
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

/** Forgets the account's token and the chosen program; what was reported stays on record. */
export async function disconnectImpact(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<void> {
  await store.connections.remove(shop);
}
