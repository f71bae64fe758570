import type { BatchView } from "./batch-view.server.ts";
import { ResumeBanner } from "./resume-banner.tsx";

/** What stands in the way, what was cancelled, and the button that goes on. */
export function BatchBanner({ batch }: { batch: BatchView }) {
  return <ResumeBanner batch={batch} text={sentence(batch)} />;
}

function sentence({
  state,
  problem,
  failed,
  leftOut,
  isRestKept,
  startsLater,
  canResume,
}: BatchView): string | null {
  const codes = (count: number) => (count === 1 ? "1 code" : `${count.toLocaleString("en")} codes`);
  if (state === "failed") return `The batch has stopped. ${problem ?? "Try again."}`;
  if (state === "cancelling") {
    return "Nothing more is begun. Codes that Shopify may have made already are still looked up, so that none is forgotten.";
  }
  if (state === "cancelled") {
    if (leftOut === 0) return "Cancelled. All codes had been made by then.";
    const anew = startsLater ? " To make them after all, upload their rows again." : "";
    const after = isRestKept ? " Resume to make them after all." : anew;
    return `Cancelled: ${codes(leftOut)} will not be made.${after}`;
  }
  if (state === "running") return problem && `It waits and goes on by itself: ${problem}`;
  if (failed === 0) return null;
  const after = canResume ? " Mend it, then try again." : "";
  return `${codes(failed)} failed. The reason stands beside each.${after}`;
}
