import { useSubmit } from "@remix-run/react";
import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box } from "@shopify/polaris";
import type { FileView } from "./file-view.server.ts";
import { codesText } from "./file-words.ts";

interface Props {
  file: FileView;
  isOpen: boolean;
  onClose: () => void;
}

/** Says what registering one by one does before it is done. */
export function TakeBackModal({ file, isOpen, onClose }: Props) {
  const submit = useSubmit();
  const confirm = () => {
    onClose();
    submit({ intent: "take-back" }, { method: "post" });
  };
  return (
    <Modal open={isOpen} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="200">
          <p>
            {codesText(file.missing)} that {file.missing === 1 ? "has" : "have"} not arrived leave
            the file, and are registered one by one within impact.com&apos;s hourly limit.
          </p>
          <p>Those you have uploaded already are found there, and not registered twice.</p>
        </BlockStack>
      </Box>
      <TitleBar title="Register one by one after all?">
        <button variant="primary" onClick={confirm}>
          Register one by one
        </button>
        <button onClick={onClose}>Keep the file</button>
      </TitleBar>
    </Modal>
  );
}
