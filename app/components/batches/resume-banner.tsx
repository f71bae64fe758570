import { useNavigation, useSubmit } from "@remix-run/react";
import { Banner } from "@shopify/polaris";

interface Props {
  batch: { state: string; canResume: boolean };
  /** What there is to say; nothing where all goes well. */
  text: string | null;
}

/** What stands in a batch's way, what was cancelled, and the button that goes on. */
export function ResumeBanner({ batch, text }: Props) {
  const submit = useSubmit();
  const isSubmitting = useNavigation().state === "submitting";
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
