import { useSubmit } from "@remix-run/react";
import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box } from "@shopify/polaris";
import type { BatchView } from "./batch-view.server.ts";

interface Props {
  batch: BatchView;
  isOpen: boolean;
  onClose: () => void;
}

/** Says what cancelling does before it is done. */
export function CancelModal({ batch, isOpen, onClose }: Props) {
  const submit = useSubmit();
  const confirm = () => {
    onClose();
    submit({ intent: "cancel" }, { method: "post" });
  };
  return (
    <Modal open={isOpen} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="200">
          <p>{madeText(batch.counts.live)}</p>
          <p>
            Codes that Shopify is making at this moment are finished. All others are not made. You
            can resume the batch later.
          </p>
        </BlockStack>
      </Box>
      <TitleBar title="Cancel this batch?">
        <button variant="primary" tone="critical" onClick={confirm}>
          Cancel batch
        </button>
        <button onClick={onClose}>Keep going</button>
      </TitleBar>
    </Modal>
  );
}

function madeText(live: number): string {
  if (live === 0) return "No code is made so far.";
  const made = live === 1 ? "1 code is made." : `${live.toLocaleString("en")} codes are made.`;
  return `${made} What is made stays: customers can use it, and it is registered at impact.com.`;
}
