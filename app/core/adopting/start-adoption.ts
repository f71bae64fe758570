import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import {
  ADOPTION_KEPT_MS,
  type AdoptionPlace,
  type AdoptionSource,
  type PartnersBy,
} from "./adoption.ts";

/** The form that begins to look for codes to adopt. */
export interface AdoptionForm {
  shop: ShopDomain;
  /** The form's own: sent twice, begun once. */
  draftKey: string;
  source: AdoptionSource;
  /** Of picked discounts: their ids at Shopify, with their titles. */
  discounts: readonly { shopifyId: string; title: string }[];
}

export type StartProblem = Problem<"nothing-picked" | "not-connected" | "shop-erased">;

/** Begins to read codes, in the background; whose they are by impact.com, until told otherwise. */
export async function startAdoption(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, draftKey, source, discounts }: AdoptionForm,
): Promise<Result<{ adoptionId: string }, StartProblem>> {
  if (source.kind === "picked" && discounts.length === 0) return failure(NOTHING_PICKED);
  const program = (await store.connections.find(shop))?.program ?? null;
  if (source.kind === "impact" && !program) return failure(NOT_CONNECTED);
  const by: PartnersBy = { kind: program ? "impact" : "nobody" };
  const plan = { source, by, place: firstPlace(source, program?.programId ?? "") };
  const now = clock.now();
  const times = { now, expiresAt: new Date(now.getTime() + ADOPTION_KEPT_MS) };
  return store.inTransaction(async (tx) => {
    if (!(await tx.shops.hold(shop))) return failure(ERASED);
    const draft = { draftKey, plan, discounts };
    const { adoptionId, isNew } = await tx.adoptions.create(shop, draft, times);
    if (isNew) await tx.queue.send("read-adoption", { shop, adoptionId });
    return success({ adoptionId });
  });
}

function firstPlace(source: AdoptionSource, programId: string): AdoptionPlace {
  switch (source.kind) {
    case "picked":
      return { stage: "codes", shopifyId: null, pass: 0, after: null };
    case "every":
      return { stage: "discounts", after: null };
    case "impact":
      return { stage: "impact", programId, page: 1 };
    case "nobodys":
      return { stage: "nobodys", after: null };
  }
}

const NOT_CONNECTED: StartProblem = {
  kind: "not-connected",
  retry: "never",
  message: "Connect impact.com and choose a program first.",
};

const ERASED: StartProblem = {
  kind: "shop-erased",
  retry: "never",
  message: "This shop's data was erased. Load the app again.",
};

const NOTHING_PICKED: StartProblem = {
  kind: "nothing-picked",
  retry: "never",
  message: "Choose at least one discount.",
};
