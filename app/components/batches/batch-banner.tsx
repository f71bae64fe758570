import { useNavigation, useSubmit } from "@remix-run/react";
import { Banner } from "@shopify/polaris";
import type { BatchView } from "./batch-view.server.ts";

/** What stands in the way, what was cancelled, and the button that goes on. */
export function BatchBanner({ batch }: { batch: BatchView }) {
  const submit = useSubmit();
  const isSubmitting = useNavigation().state === "submitting";
  const text = sentence(batch);
  if (!text) return null;
  const resume = {
    content: batch.state === "cancelled" ? "Resume" : "Try again",
    loading: isSubmitting,
    onAction: () => submit({ intent: "resume" }, { method: "post" }),
  };
  const isBad = batch.state === "failed" || (batch.state === "done" && batch.canResume);
  return (
    <Banner tone={isBad ? "critical" : "info"} {...(batch.canResume && { action: resume })}>
      <p>{text}</p>
    </Banner>
  );
}

function sentence({ state, problem, failed, leftOut }: BatchView): string | null {
  const codes = (count: number) => (count === 1 ? "1 code" : `${count.toLocaleString("en")} codes`);
  if (state === "failed") return `The batch has stopped. ${problem ?? "Try again."}`;
  if (state === "cancelling") {
    return "Nothing more is begun. Codes that Shopify may have made already are still looked up, so that none is forgotten.";
  }
  if (state === "cancelled") {
    return leftOut > 0
      ? `Cancelled: ${codes(leftOut)} will not be made. Resume to make them after all.`
      : "Cancelled. All codes had been made by then.";
  }
  if (state === "running") return problem && `It waits and goes on by itself: ${problem}`;
  if (failed === 0) return null;
  return `${codes(failed)} failed. The reason stands beside each. Mend it, then try again.`;
}
