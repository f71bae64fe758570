import {
  BlockStack,
  Card,
  Layout,
  Page,
  Text,
  type ComplexAction,
  type PageProps,
} from "@shopify/polaris";
import { useState, type ReactNode } from "react";
import { Facts, type Fact } from "../facts.tsx";
import { usePolling } from "../use-polling.ts";
import { BatchStateBadge } from "./batch-state-badge.tsx";
import type { BatchView } from "./batch-view.server.ts";

interface Props {
  batch: Pick<BatchView, "title" | "state" | "isWorking" | "canCancel"> & {
    isRegistering?: boolean;
  };
  facts: Fact[];
  /** What is said before it is cancelled. */
  askToCancel: (asked: { isOpen: boolean; onClose: () => void }) => ReactNode;
  backAction?: PageProps["backAction"];
  /** What else may be done than cancelling it. */
  actions?: ComplexAction[];
  children: ReactNode;
}

/** Any batch: how it stands, what it was asked for, and its cancelling. */
export function BatchPage({ batch, facts, askToCancel, actions = [], children, ...page }: Props) {
  const [isAsking, setAsking] = useState(false);
  usePolling(batch.isWorking);
  const cancel = { content: "Cancel batch", destructive: true, onAction: () => setAsking(true) };
  return (
    <Page
      title={batch.title}
      titleMetadata={<BatchStateBadge {...batch} />}
      backAction={page.backAction ?? { content: "Batches", url: "/app/batches" }}
      secondaryActions={batch.canCancel ? [...actions, cancel] : actions}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">{children}</BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                Batch
              </Text>
              <Facts facts={facts} />
            </BlockStack>
          </Card>
        </Layout.Section>
      </Layout>
      {askToCancel({ isOpen: isAsking, onClose: () => setAsking(false) })}
    </Page>
  );
}
