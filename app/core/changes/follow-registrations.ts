import type { Ports } from "../ports/ports.ts";
import { success } from "../result.ts";
import type { ChangeRun, StageResult } from "./change-codes.ts";

const AT_ONCE = 1_000;

/** Looks whether impact.com has taken the codes for their new partner. */
export async function followRegistrations(
  ports: Ports,
  { batch }: ChangeRun,
): Promise<StageResult> {
  const { store, clock } = ports;
  const { shop, id } = batch;
  const page = { stages: ["registering"] as const, limit: AT_ONCE, now: clock.now() };
  const changes = await store.changes.list(shop, id, page);
  if (changes.length === 0) return success(0);
  const connection = await store.connections.find(shop);
  const ended = changes.flatMap(({ code }): { codeId: string; problem: string | null }[] => {
    const codeId = code.id;
    // Without a program nothing is registered now; choosing one registers all codes.
    // Nor is a code that has ended; the new partner has it all the same.
    const isTheirs = code.impactState === "registered" || code.impactState === "expired";
    if (isTheirs || !connection?.program) return [{ codeId, problem: null }];
    if (code.impactState !== "failed") return [];
    return [{ codeId, problem: code.impactProblem ?? "impact.com has refused it." }];
  });
  await store.changes.settle(shop, id, ended, clock.now());
  return success(ended.length);
}
