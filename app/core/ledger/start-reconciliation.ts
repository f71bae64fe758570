import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import { beginRun } from "./begin-run.ts";
import { actionsPeriod } from "./due-runs.ts";
import { comparedMs } from "./reconciliation.ts";

interface NewQuestion {
  shop: ShopDomain;
  kind: "orders" | "actions";
  /** Whether Shopify shows this app orders of any age. */
  seesAllOrders?: boolean;
}

/** The merchant asks for a run now; one that is under way goes on instead. */
export async function startReconciliation(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, kind, seesAllOrders = false }: NewQuestion,
): Promise<Result<null, Problem<"not-connected">>> {
  const now = clock.now();
  return store.inTransaction(async (tx) => {
    if (kind === "actions") {
      const connection = await tx.connections.find(shop);
      if (!connection?.program) return failure(notConnected());
      await beginRun(tx, shop, { kind, ...actionsPeriod(now) }, now);
    } else {
      const from = new Date(now.getTime() - comparedMs({ seesAllOrders }));
      await beginRun(tx, shop, { kind, from, to: now }, now);
    }
    return success(null);
  });
}

function notConnected(): Problem<"not-connected"> {
  const message = "Connect impact.com and choose a program first.";
  return { kind: "not-connected", retry: "never", message };
}
