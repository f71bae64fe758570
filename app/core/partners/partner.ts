import type { PartnerId } from "../ids.ts";

/** An impact.com media partner; contacts and addresses are never kept. */
export interface Partner {
  partnerId: PartnerId;
  name: string;
  /** Has a live contract with the shop's program: without one, impact.com pays nothing. */
  hasContract: boolean;
}

/** A partner as impact.com lists it, with what it dates of their contracts in the program; null: not told. */
export interface ListedPartner extends Partner {
  /** From when to when the live contract is. */
  contractStartedAt: Date | null;
  contractExpiresAt: Date | null;
  /** When the last one ended that is over. */
  contractEndedAt: Date | null;
}

export interface PartnerSync {
  /** Only the newest run may write. */
  runId: string;
  programId: string;
  state: "running" | "done" | "failed";
  page: number;
  pages: number | null;
  partners: number;
  problem: string | null;
  startedAt: Date;
  finishedAt: Date | null;
}
