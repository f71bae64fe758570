import { addContract, addProgram } from "#test/sandbox/impact/create-state.ts";
import type { World } from "#test/support/world.ts";

/** A second program of the same account, which Anna and Ben have joined too. */
export function addSecondProgram({ account }: Pick<World, "account">): void {
  const eventTypes = [{ id: "5000", name: "Online Sale", category: "SALE" }];
  addProgram(account, { id: "2000", name: "B2B", promoCodeTracking: true, eventTypes });
  const startsAt = new Date("2026-01-01T00:00:00Z");
  for (const id of ["10001", "10002"]) {
    addContract(account, id, { programId: "2000", payoutPercent: 5, startsAt, state: "ACTIVE" });
  }
}
