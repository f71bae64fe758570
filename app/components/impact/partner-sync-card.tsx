import { Form, useNavigation } from "@remix-run/react";
import {
  Banner,
  BlockStack,
  Button,
  Card,
  InlineStack,
  Link,
  ProgressBar,
  Text,
} from "@shopify/polaris";
import type { ConnectionView, PartnerSyncView } from "./connection-view.server.ts";

/** How many partners are known, and how far reading them has come. */
export function PartnerSyncCard({
  partners,
  partnerSync,
}: Pick<ConnectionView, "partners" | "partnerSync">) {
  const isRunning = partnerSync?.state === "running";
  const isSending = useNavigation().formData?.get("intent") === "sync-partners";
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Partners
          </Text>
          <Form method="post">
            <input type="hidden" name="intent" value="sync-partners" />
            <Button submit disabled={isRunning} loading={isSending}>
              Sync now
            </Button>
          </Form>
        </InlineStack>
        <p>
          <Link url="/app/partners">
            {partners.all === 1 ? "1 partner" : `${partners.all} partners`}
          </Link>
          , {partners.withContract} with a live contract. Only these can earn.
        </p>
        {partnerSync && <SyncState sync={partnerSync} />}
      </BlockStack>
    </Card>
  );
}

function SyncState({ sync }: { sync: PartnerSyncView }) {
  if (sync.problem) {
    return (
      <Banner tone={sync.state === "failed" ? "critical" : "warning"}>
        <p>{sync.problem}</p>
      </Banner>
    );
  }
  if (sync.state !== "running") {
    return (
      <Text as="p" tone="subdued">
        Last synced {sync.finishedAt}.
      </Text>
    );
  }
  const page = sync.pages === null ? "first page" : `page ${sync.page} of ${sync.pages}`;
  return (
    <BlockStack gap="150">
      <ProgressBar
        size="small"
        progress={sync.pages ? (sync.page / sync.pages) * 100 : 0}
        ariaLabelledBy="partner-sync"
      />
      <Text as="p" id="partner-sync" tone="subdued">
        Reading partners from impact.com: {page}, {sync.partners} so far.
      </Text>
    </BlockStack>
  );
}
