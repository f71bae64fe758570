import { useNavigation, useSubmit } from "@remix-run/react";
import { Banner } from "@shopify/polaris";
import type { ChangeView } from "./change-view.server.ts";
import { codesText } from "./change-words.ts";

/** What stands in the way, what was cancelled, and the button that goes on. */
export function ChangeBanner({ batch }: { batch: ChangeView }) {
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
