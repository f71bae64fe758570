import { Form } from "@remix-run/react";
import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box } from "@shopify/polaris";
import { useRef, useState, type FormEvent, type ReactNode } from "react";

interface Props {
  title: string;
  /** What exactly is done. */
  sentence: string;
  verb: string;
  action?: string;
  children: ReactNode;
}

/**
 * A form by which money changes hands: however it is submitted, it is asked once more. The dialog
 * stands outside of the form, whose buttons its own would be otherwise.
 */
export function AskFirstForm({ title, sentence, verb, action, children }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isSure = useRef(false);
  const ask = (event: FormEvent) => {
    if (isSure.current) {
      isSure.current = false;
      return;
    }
    event.preventDefault();
    setIsAsking(true);
  };
  const goOn = () => {
    setIsAsking(false);
    isSure.current = true;
    form.current?.requestSubmit();
  };
  return (
    <>
      <Form ref={form} method="post" onSubmit={ask} {...(action && { action })}>
        {children}
      </Form>
      <Modal open={isAsking} onHide={() => setIsAsking(false)}>
        <Box padding="400">
          <BlockStack gap="200">
            <p>{sentence}</p>
            <p>
              It decides every order placed from now on. Orders placed before keep the rule of their
              time, even those that have not come in yet.
            </p>
          </BlockStack>
        </Box>
        <TitleBar title={title}>
          <button variant="primary" onClick={goOn}>
            {verb}
          </button>
          <button onClick={() => setIsAsking(false)}>Not now</button>
        </TitleBar>
      </Modal>
    </>
  );
}
