import { useNavigation } from "@remix-run/react";
import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { Box, PageActions } from "@shopify/polaris";
import { useRef, useState } from "react";

/** Saves the form it stands in. Money changes hands by it, so it is asked once more. */
export function SaveRule({ content, isDirty }: { content: string; isDirty: boolean }) {
  const [isAsking, setIsAsking] = useState(false);
  const isSaving = useNavigation().formMethod === "POST";
  const inForm = useRef<HTMLSpanElement>(null);
  const save = () => {
    setIsAsking(false);
    inForm.current?.closest("form")?.requestSubmit();
  };
  return (
    <span ref={inForm}>
      <PageActions
        primaryAction={{
          content,
          onAction: () => setIsAsking(true),
          loading: isSaving,
          disabled: !isDirty,
        }}
      />
      <Modal open={isAsking} onHide={() => setIsAsking(false)}>
        <Box padding="400">
          <p>
            The new rule decides every order placed from now on. Orders placed before keep the rule
            of their time, even those that have not come in yet.
          </p>
        </Box>
        <TitleBar title="Change who earns from now on?">
          <button variant="primary" onClick={save}>
            Change the rule
          </button>
          <button onClick={() => setIsAsking(false)}>Not now</button>
        </TitleBar>
      </Modal>
    </span>
  );
}
