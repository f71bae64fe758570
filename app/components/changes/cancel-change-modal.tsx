import { useSubmit } from "@remix-run/react";
import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box } from "@shopify/polaris";
import type { ChangeView } from "./change-view.server.ts";
import { codesText } from "./change-words.ts";

interface Props {
  batch: ChangeView;
  isOpen: boolean;
  onClose: () => void;
}

/** Says what cancelling does before it is done. */
export function CancelChangeModal({ batch, isOpen, onClose }: Props) {
  const submit = useSubmit();
  const confirm = () => {
    onClose();
    submit({ intent: "cancel" }, { method: "post" });
  };
  return (
    <Modal open={isOpen} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="200">
          <p>{`${codesText(batch.done)} done so far. That stays so.`}</p>
          <p>{REST[batch.kind]} You can resume the batch later.</p>
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

const REST: Record<ChangeView["kind"], string> = {
  retire: "Codes that are being taken away at this moment come to their end. All others stay.",
  rotate: "Old codes that still work go on working, beside the new ones that are made.",
  reassign:
    "Codes that are changing hands at this moment come to their end. All others stay with their partners.",
};
