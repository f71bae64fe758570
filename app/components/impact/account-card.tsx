import { useSubmit } from "@remix-run/react";
import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { Facts } from "../facts.tsx";
import type { ConnectionView } from "./connection-view.server.ts";

type Props = Pick<ConnectionView, "companyName" | "accountSid" | "connectedOn">;

/** The connected account, and the way out. */
export function AccountCard({ companyName, accountSid, connectedOn }: Props) {
  const [isAsking, setAsking] = useState(false);
  const submit = useSubmit();
  const disconnect = () => {
    setAsking(false);
    submit({ intent: "disconnect" }, { method: "post" });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Account
          </Text>
          <Button variant="plain" tone="critical" onClick={() => setAsking(true)}>
            Disconnect
          </Button>
        </InlineStack>
        <Facts
          facts={[
            { term: "Company", value: companyName },
            { term: "Account SID", value: accountSid },
            { term: "Connected since", value: connectedOn },
          ]}
        />
      </BlockStack>
      <Modal open={isAsking} onHide={() => setAsking(false)}>
        <Box padding="400">
          <BlockStack gap="200">
            <p>Partner Codes forgets the Auth Token and the program.</p>
            <p>
              Codes stay valid at checkout, but new orders wait and earn nobody until you connect
              again. What impact.com has credited stays credited.
            </p>
          </BlockStack>
        </Box>
        <TitleBar title="Disconnect impact.com?">
          <button variant="primary" tone="critical" onClick={disconnect}>
            Disconnect
          </button>
          <button onClick={() => setAsking(false)}>Cancel</button>
        </TitleBar>
      </Modal>
    </Card>
  );
}
