import { ResumeBanner } from "../batches/resume-banner.tsx";
import type { ChangeView } from "./change-view.server.ts";
import { codesText } from "./change-words.ts";

/** What stands in the way, what was cancelled, and the button that goes on. */
export function ChangeBanner({ batch }: { batch: ChangeView }) {
  return <ResumeBanner batch={batch} text={sentence(batch)} />;
}

function sentence({ state, problem, failed, dropped }: ChangeView): string | null {
  if (state === "failed") return `The batch has stopped. ${problem ?? "Try again."}`;
  if (state === "cancelling") return "Nothing more is begun. What is begun comes to its end.";
  if (state === "cancelled") {
    return dropped > 0
      ? `Cancelled: ${codesText(dropped)} stay as they are. Resume to change them after all.`
      : "Cancelled. All codes had been changed by then.";
  }
  if (state === "running") return problem && `It waits and goes on by itself: ${problem}`;
  if (failed === 0) return null;
  return `${codesText(failed)} could not be changed. The reason stands beside each. Mend it, then try again.`;
}
