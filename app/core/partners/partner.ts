import type { PartnerId } from "../ids.ts";

/** An impact.com media partner; contacts and addresses are never kept. */
export interface Partner {
  partnerId: PartnerId;
  name: string;
  /** Has a live contract with the shop's program: without one, impact.com pays nothing. */
  hasContract: boolean;
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
