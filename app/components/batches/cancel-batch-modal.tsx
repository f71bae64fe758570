import { useSubmit } from "@remix-run/react";
import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box } from "@shopify/polaris";
import type { ReactNode } from "react";

interface Props {
  isOpen: boolean;
  onClose: () => void;
  /** What has been done, and what becomes of the rest. */
  children: ReactNode;
}

/** Says what cancelling a batch does before it is done. */
export function CancelBatchModal({ isOpen, onClose, children }: Props) {
  const submit = useSubmit();
  const confirm = () => {
    onClose();
    submit({ intent: "cancel" }, { method: "post" });
  };
  return (
    <Modal open={isOpen} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="200">{children}</BlockStack>
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
