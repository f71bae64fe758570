import type { Ports } from "../ports/ports.ts";
import type { ChangeRun } from "./change-codes.ts";
import { takeCodes } from "./take-codes.ts";

const PAGE = 1_000;

/**
 * Takes in all codes that are selected, before any is touched: what the batch changes may not change
 * what is selected. Each page is stored with its place, so that a killed batch goes on from there.
 */
export async function takeInSelection(
  { store }: Pick<Ports, "store">,
  run: ChangeRun,
): Promise<ChangeRun> {
  const { shop, id } = run.batch;
  let change = run.change;
  while (!change.isTaken && run.batch.state === "running") {
    const { after, selection, action } = change;
    const { codeIds, next } = await store.codes.pageSelected(shop, selection, {
      after,
      limit: PAGE,
    });
    const taken = { ...change, after: next, isTaken: next === null };
    await store.inTransaction(async (tx) => {
      await takeCodes(tx, shop, { batchId: id, kind: action.kind }, codeIds);
      await tx.changes.savePlan(shop, id, taken);
    });
    change = taken;
  }
  return { ...run, change };
}
