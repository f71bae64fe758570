import type { Code } from "../codes/discount.ts";
import type { CodeSelection } from "../codes/code-selection.ts";
import type { PartnerId } from "../ids.ts";

export type ChangeAction =
  /** Gone from Shopify, ended at impact.com, kept here. */
  | { kind: "retire" }
  /** A new code for the same partner; the old one is retired so many days after the new one is live. */
  | { kind: "rotate"; pattern: string; graceDays: number }
  /** From then on it earns another partner. */
  | { kind: "reassign"; partnerId: PartnerId }
  /** Registered once more, so that it earns its partner every order, or as it is where its discount begins earlier. */
  | { kind: "register-anew"; because?: "start" };

export type ChangeKind = ChangeAction["kind"];

/** Which codes a batch changes, and how. */
export interface ChangePlan {
  action: ChangeAction;
  selection: CodeSelection;
  /** Nothing is begun before; null: at once. */
  startsAt: Date | null;
  /** The selection is taken in up to this place, before any code is touched. */
  after: string | null;
  isTaken: boolean;
}

/**
 * How far a change has come. Retiring: retiring → removing → ending. Rotating: planned → making →
 * waiting, and then as retiring. Reassigning and registering anew: planned → handing-over → registering.
 */
export type ChangeStage =
  | "planned"
  /** Its new code is being made. */
  | "making"
  /** Its new code is live, and it stays until it is due. */
  | "waiting"
  /** It is to be removed from Shopify. */
  | "retiring"
  /** Shopify is removing it. */
  | "removing"
  /** Gone from Shopify: its registration at impact.com is to be ended. */
  | "ending"
  /** Its old registration at impact.com is to be ended, and its orders wait meanwhile. */
  | "handing-over"
  /** Its old registration has ended, and impact.com is being told of the new one. */
  | "registering";

/** The code that takes a rotated one's place. */
export interface NewCode extends Pick<
  Code,
  "id" | "code" | "shopifyState" | "shopifyProblem" | "impactState" | "impactProblem"
> {
  /** Why the batch that was to make it has stopped; null where it has not. */
  stopped: string | null;
}

/** What a batch does to one code that exists. */
export interface Change {
  batchId: string;
  code: Code;
  /** gid of the code's discount; null until Shopify has made it. */
  shopifyId: string | null;
  /** "dropped": the batch was cancelled before it was begun. */
  state: "open" | "done" | "failed" | "dropped";
  stage: ChangeStage;
  problem: string | null;
  removalId: string | null;
  newCode: NewCode | null;
  /** A new code was drawn for it, whether or not it is still there. */
  newCodeId: string | null;
  /** Since when nobody registers the code. */
  startedAt: Date | null;
  /** Since when its registration stands for the sake of older orders. */
  ordersSince: Date | null;
}

export function firstStage(kind: ChangeKind): ChangeStage {
  return kind === "retire" ? "retiring" : "planned";
}
