import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { BatchPage } from "../batches/batch-page.tsx";
import { CancelBatchModal } from "../batches/cancel-batch-modal.tsx";
import { ResumeBanner } from "../batches/resume-banner.tsx";
import { Facts } from "../facts.tsx";
import { ProgressLine } from "../progress-line.tsx";
import type { AdoptingView } from "./adopting-view.server.ts";
import { LeftCodesCard } from "./left-codes-card.tsx";

/** A batch that adopts codes, or assigns those that nobody has. */
export function AdoptingPage({ batch }: { batch: AdoptingView }) {
  return (
    <BatchPage
      batch={batch}
      facts={batch.facts}
      askToCancel={(asked) => (
        <CancelBatchModal {...asked}>
          <p>Codes that are adopted by now stay so. All others are left as they are.</p>
          <p>You can resume the batch later.</p>
        </CancelBatchModal>
      )}
    >
      <ResumeBanner batch={batch} text={sentence(batch)} />
      <AdoptingProgressCard batch={batch} />
      <LeftCodesCard
        title="Without a partner"
        adoptionId={batch.adoptionId}
        rows={batch.left}
        all={batch.counts.all - batch.counts.assigned}
      />
    </BatchPage>
  );
}

function AdoptingProgressCard({ batch }: { batch: AdoptingView }) {
  const { counts, toRegister, isWorking } = batch;
  const { all, taken, assigned, nobodys, registered, unregistrable, ended } = counts;
  const facts = [
    ["With a partner", assigned],
    ["Without a partner", nobodys],
    ["Waiting for impact.com", toRegister],
    ["Not registered, as their discounts have ended", ended],
    ["Refused by impact.com", unregistrable],
  ] as const;
  const known = facts.filter(([, count]) => count > 0);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Progress
        </Text>
        <ProgressLine label="Gone through" count={taken} all={all} />
        {assigned > ended && (
          <ProgressLine
            label="Registered at impact.com"
            count={registered}
            all={assigned - ended}
          />
        )}
        <Facts
          facts={known.map(([term, count]) => ({ term, value: count.toLocaleString("en") }))}
        />
        {isWorking && (
          <Text as="p" tone="subdued">
            You can close this page: it goes on.
          </Text>
        )}
        <InlineStack gap="200">
          <Button url="/app/codes">See all codes</Button>
          {nobodys > 0 && <Button url="/app/codes?partner=none">See those that nobody has</Button>}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function sentence({ state, problem, counts }: AdoptingView): string | null {
  const left = counts.all - counts.taken;
  if (state === "failed") return `The batch has stopped. ${problem ?? "Try again."}`;
  if (state === "cancelling") return "Nothing more is begun.";
  if (state === "cancelled") {
    return left > 0
      ? `Cancelled: ${sayCodes(left)} left as they are. Resume to go on.`
      : "Cancelled. All codes had been gone through by then.";
  }
  if (state === "running") return problem && `It waits and goes on by itself: ${problem}`;
  if (counts.unregistrable === 0) return null;
  return `impact.com refused ${sayCodes(counts.unregistrable)}. The Problems page says why. Mend it, then try again.`;
}

function sayCodes(count: number): string {
  return count === 1 ? "1 code" : `${count.toLocaleString("en")} codes`;
}
