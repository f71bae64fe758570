import { Page, BlockStack, Card, Layout, Text } from "@shopify/polaris";
import { useState } from "react";
import { BatchStateBadge } from "../batches/batch-state-badge.tsx";
import { Facts } from "../facts.tsx";
import { ProgressLine } from "../progress-line.tsx";
import { usePolling } from "../use-polling.ts";
import { CancelChangeModal } from "./cancel-change-modal.tsx";
import { ChangeBanner } from "./change-banner.tsx";
import { ChangeFailedCard } from "./change-failed-card.tsx";
import type { ChangeView } from "./change-view.server.ts";
import { CHANGE_WORDS } from "./change-words.ts";

/** A batch that retires, rotates or reassigns codes. */
export function ChangePage({ batch }: { batch: ChangeView }) {
  const [isAsking, setAsking] = useState(false);
  usePolling(batch.isWorking);
  const cancel = { content: "Cancel batch", destructive: true, onAction: () => setAsking(true) };
  return (
    <Page
      title={batch.title}
      titleMetadata={<BatchStateBadge state={batch.state} />}
      backAction={{ content: "Batches", url: "/app/batches" }}
      secondaryActions={batch.canCancel ? [cancel] : []}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <ChangeBanner batch={batch} />
            <ChangeProgressCard batch={batch} />
            <ChangeFailedCard batch={batch} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                Batch
              </Text>
              <Facts facts={batch.facts} />
            </BlockStack>
          </Card>
        </Layout.Section>
      </Layout>
      <CancelChangeModal batch={batch} isOpen={isAsking} onClose={() => setAsking(false)} />
    </Page>
  );
}

function ChangeProgressCard({ batch }: { batch: ChangeView }) {
  const { kind, done, all, steps, pace, dropped, isWorking } = batch;
  const left = dropped > 0 ? [{ term: "Left as they are", count: dropped }] : [];
  const counts = [...steps, ...left].map(({ term, count }) => ({
    term,
    value: count.toLocaleString("en"),
  }));
  const facts = [...counts, ...pace];
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Progress
        </Text>
        <ProgressLine label={CHANGE_WORDS[kind].done} count={done} all={all} />
        {facts.length > 0 && <Facts facts={facts} />}
        {isWorking && (
          <Text as="p" tone="subdued">
            You can close this page: it goes on.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
