import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import type { PartnersBy } from "./adoption.ts";
import { parsePartnerPattern } from "./match-partner.ts";

interface Asked {
  shop: ShopDomain;
  adoptionId: string;
}

export type ChoiceProblem = Problem<"partner-pattern" | "cannot-choose">;

/** Says how partners are found for codes that were read, and begins to judge them anew. */
export async function choosePartnersBy(
  ports: Pick<Ports, "store">,
  { by, ...asked }: Asked & { by: Exclude<PartnersBy, { kind: "file" }> },
): Promise<Result<null, ChoiceProblem>> {
  const pattern = by.kind === "pattern" ? parsePartnerPattern(by.pattern) : null;
  if (pattern && !pattern.ok) return pattern;
  const connection = await ports.store.connections.find(asked.shop);
  if (by.kind !== "nobody" && !connection?.program) return failure(NOT_CONNECTED);
  return beginToJudge(ports, asked, by);
}

/** From the first code on, by another way. */
export async function beginToJudge(
  { store }: Pick<Ports, "store">,
  { shop, adoptionId }: Asked,
  by: PartnersBy,
): Promise<Result<null, ChoiceProblem>> {
  return store.inTransaction(async (tx) => {
    const adoption = await tx.adoptions.find(shop, adoptionId);
    if (adoption?.state !== "checked") return failure(NOT_NOW);
    const plan = { ...adoption.plan, by, place: { stage: "judge" as const, after: null } };
    const after = { state: "reading" as const, plan, attempts: 0, problem: null };
    if (!(await tx.adoptions.save(shop, adoption, after))) return failure(NOT_NOW);
    await tx.queue.send("read-adoption", { shop, adoptionId });
    return success(null);
  });
}

const NOT_CONNECTED: ChoiceProblem = {
  kind: "cannot-choose",
  retry: "never",
  message: "Connect impact.com and choose a program first: only then are there partners.",
};

export const NOT_NOW: ChoiceProblem = {
  kind: "cannot-choose",
  retry: "never",
  message: "These codes are being read, or were adopted already. Look again in a moment.",
};
