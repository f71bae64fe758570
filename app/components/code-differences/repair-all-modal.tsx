import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box } from "@shopify/polaris";

export interface AllOfKind {
  kind: string;
  repair: string;
  label: string;
  /** What is gone by it does not come back. */
  isFinal: boolean;
  count: number;
  /** How many there are, what happens where, and what can't be undone. */
  preview: string[];
}

interface Props {
  all: AllOfKind | null;
  onClose: () => void;
  onConfirm: (all: AllOfKind) => void;
}

/** Says what happens to all of a kind before it does. */
export function RepairAllModal({ all, onClose, onConfirm }: Props) {
  const confirm = () => {
    onClose();
    if (all) onConfirm(all);
  };
  return (
    <Modal open={all !== null} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="200">
          {all?.preview.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <p>
            They are repaired one after the other, also when you leave this page. What can’t be
            repaired stays here and says why.
          </p>
        </BlockStack>
      </Box>
      <TitleBar title={`${all?.label ?? "Repair"}: all of them?`}>
        <button variant="primary" {...(all?.isFinal && { tone: "critical" })} onClick={confirm}>
          {`${all?.label ?? "Repair"}: all ${all?.count.toLocaleString("en-US") ?? ""}`}
        </button>
        <button onClick={onClose}>Not now</button>
      </TitleBar>
    </Modal>
  );
}
