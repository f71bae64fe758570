import type { ErrorReason } from "./error-reason.ts";
import type { Outcome } from "../state.ts";

export function malformed(reason: ErrorReason, because: string): Outcome {
  return { errorType: "Validation", reasons: [reason], because };
}

export function unpayable(reasons: readonly ErrorReason[], because: string): Outcome {
  return { errorType: "Contract Error", reasons: [...new Set(reasons)].sort(), because };
}
