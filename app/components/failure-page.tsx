import { Banner, Page } from "@shopify/polaris";
import type { Failure } from "./explain-failure.ts";

export function FailurePage({ title, sentence, isPassing }: Failure) {
  const reload = { content: "Load again", onAction: () => window.location.reload() };
  return (
    <Page narrowWidth title={title} backAction={{ content: "Home", url: "/app" }}>
      <Banner tone={isPassing ? "critical" : "warning"} {...(isPassing && { action: reload })}>
        <p>{sentence}</p>
      </Banner>
    </Page>
  );
}
