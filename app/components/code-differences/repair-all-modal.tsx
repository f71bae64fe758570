import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box } from "@shopify/polaris";

export interface AllOfKind {
  kind: string;
  repair: string;
  label: string;
  title: string;
  count: number;
  /** impact.com is to take codes again. */
  isTriedFirst: boolean;
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
          <p>{`What stands beside “${all?.label}” in each row is done for all ${all?.count.toLocaleString("en-US")} of “${all?.title}”, one after the other.`}</p>
          {all?.isTriedFirst && (
            <p>
              impact.com may refuse a code whose registration has ended. So one goes first: if it is
              refused, the others stay as they are.
            </p>
          )}
          <p>
            It goes on when you leave this page. What can’t be repaired stays here and says why.
          </p>
        </BlockStack>
      </Box>
      <TitleBar title={`${all?.label ?? "Repair"}: all of them?`}>
        <button variant="primary" onClick={confirm}>
          {`Repair all ${all?.count.toLocaleString("en-US") ?? ""}`}
        </button>
        <button onClick={onClose}>Cancel</button>
      </TitleBar>
    </Modal>
  );
}
