import { Banner, BlockStack, Card, Text } from "@shopify/polaris";
import { RunProgress } from "./run-progress.tsx";
import type { RunView } from "./run-view.server.ts";

interface Props {
  run: RunView | null;
  stillReading: number;
}

/** While the orders from before are taken in; nothing once that is done. */
export function BackfillCard({ run, stillReading }: Props) {
  if (!run) return null;
  if (run.state === "finished" && stillReading === 0) return null;
  if (run.state === "failed") {
    return (
      <Banner tone="warning" title="Taking in your last 60 days stopped">
        <p>{run.problem} The daily check goes over the same days again.</p>
      </Banner>
    );
  }
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Taking in your last 60 days
        </Text>
        {run.state === "finished" ? (
          <Text as="p">
            All are found; {stillReading.toLocaleString("en-US")} still being read. You can leave
            this page; it goes on.
          </Text>
        ) : (
          <RunProgress run={run} text="You can leave this page; it goes on." />
        )}
      </BlockStack>
    </Card>
  );
}
