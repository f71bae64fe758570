import type { Account, Contract } from "../state.ts";

export function liveContract(
  account: Account,
  partnerId: string,
  programId: string,
  at: Date,
): Contract | null {
  return (
    account.contracts.find(
      (contract) =>
        contract.partnerId === partnerId &&
        contract.programId === programId &&
        contract.state === "ACTIVE" &&
        contract.startsAt <= at &&
        (contract.endsAt === null || at < contract.endsAt),
    ) ?? null
  );
}
