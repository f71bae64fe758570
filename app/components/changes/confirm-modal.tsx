import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box } from "@shopify/polaris";
import { CHANGE_WORDS, codesText, KEEPING } from "./change-words.ts";
import type { ChangeChoice } from "./change-query.ts";
import type { PreviewText } from "./preview-text.server.ts";

interface Props {
  choice: ChangeChoice;
  preview: PreviewText;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

/** What can't be taken back is asked once more. */
export function ConfirmModal({ choice, preview, isOpen, onClose, onConfirm }: Props) {
  const { verb } = CHANGE_WORDS[choice.kind];
  const codes = codesText(preview.changed);
  return (
    <Modal open={isOpen} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="200">
          {[...preview.shopify, ...preview.impact].map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <p>You can cancel the batch for codes that are not begun. What is done stays so.</p>
        </BlockStack>
      </Box>
      <TitleBar title={`${verb} ${codes}?`}>
        <button
          variant="primary"
          {...(!KEEPING.has(choice.kind) && { tone: "critical" })}
          onClick={onConfirm}
        >
          {`${verb} ${codes}`}
        </button>
        <button onClick={onClose}>Not now</button>
      </TitleBar>
    </Modal>
  );
}
