import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box } from "@shopify/polaris";
import type { Retry } from "./retry.ts";

interface Props {
  orders: number;
  isOpen: boolean;
  onClose: () => void;
  retry: Retry;
}

/** Asks before every failed order is tried again. */
export function RetryAllModal({ orders, isOpen, onClose, retry }: Props) {
  const confirm = () => {
    onClose();
    retry({ intent: "retry-all" });
  };
  return (
    <Modal open={isOpen} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="200">
          <p>
            {orders === 1 ? "1 order is" : `${orders} orders are`} sent, changed or read once more.
            impact.com pays no order twice.
          </p>
          <p>Where the cause is not mended yet, an order comes back to this page.</p>
        </BlockStack>
      </Box>
      <TitleBar title="Try all failed orders again?">
        <button variant="primary" onClick={confirm}>
          Try again
        </button>
        <button onClick={onClose}>Cancel</button>
      </TitleBar>
    </Modal>
  );
}
