import { BlockStack, ProgressBar, Text } from "@shopify/polaris";
import type { RunView } from "./run-view.server.ts";

/** How far a run has come, and why it waits where it does. */
export function RunProgress({ run, text }: { run: RunView; text: string }) {
  const id = `run-${run.id}`;
  return (
    <BlockStack gap="150">
      <ProgressBar size="small" progress={run.progress} ariaLabelledBy={id} />
      <Text as="p" id={id} tone="subdued">
        {text} {run.result}.{run.problem && ` It waits and goes on by itself: ${run.problem}`}
      </Text>
    </BlockStack>
  );
}
