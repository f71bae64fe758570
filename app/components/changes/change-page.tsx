import { BlockStack, Card, Text } from "@shopify/polaris";
import { BatchPage } from "../batches/batch-page.tsx";
import { Facts } from "../facts.tsx";
import { ProgressLine } from "../progress-line.tsx";
import { CancelChangeModal } from "./cancel-change-modal.tsx";
import { ChangeBanner } from "./change-banner.tsx";
import { ChangeFailedCard } from "./change-failed-card.tsx";
import type { ChangeView } from "./change-view.server.ts";
import { CHANGE_WORDS } from "./change-words.ts";

/** A batch that changes codes. */
export function ChangePage({ batch }: { batch: ChangeView }) {
  return (
    <BatchPage
      batch={batch}
      facts={batch.facts}
      askToCancel={(asked) => <CancelChangeModal batch={batch} {...asked} />}
    >
      <ChangeBanner batch={batch} />
      <ChangeProgressCard batch={batch} />
      <ChangeFailedCard batch={batch} />
    </BatchPage>
  );
}

function ChangeProgressCard({ batch }: { batch: ChangeView }) {
  const { kind, done, all, steps, putOff, pace, dropped, isWorking } = batch;
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
        {putOff && <Text as="p">{putOff}</Text>}
        {isWorking && (
          <Text as="p" tone="subdued">
            You can close this page: it goes on.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
