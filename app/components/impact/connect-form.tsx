import { Form, useNavigation } from "@remix-run/react";
import {
  Banner,
  BlockStack,
  Button,
  Card,
  FormLayout,
  List,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";
import { PERMISSION_USES, permissionsText } from "#app/core/program/permissions.ts";
import type { FormProblem } from "./impact-answer.ts";

/** Asks for an impact.com account's credentials. */
export function ConnectForm({ problem }: { problem: FormProblem | null }) {
  const [accountSid, setAccountSid] = useState("");
  const [authToken, setAuthToken] = useState("");
  const isSending = useNavigation().state === "submitting";
  const isWrong = problem?.kind === "bad-credentials";
  return (
    <Card>
      <Form method="post">
        <input type="hidden" name="intent" value="connect" />
        <FormLayout>
          <Text as="h2" variant="headingMd">
            Connect your impact.com account
          </Text>
          <WhereToFind />
          {problem && !isWrong && (
            <Banner tone="critical">
              <p>{problem.message}</p>
            </Banner>
          )}
          <TextField
            label="Account SID"
            name="accountSid"
            value={accountSid}
            onChange={setAccountSid}
            autoComplete="off"
            spellCheck={false}
            error={isWrong}
          />
          <TextField
            label="Auth Token"
            name="authToken"
            type="password"
            value={authToken}
            onChange={setAuthToken}
            autoComplete="off"
            helpText="Kept encrypted and never shown again."
            error={isWrong && problem.message}
          />
          <Button submit variant="primary" loading={isSending}>
            Connect
          </Button>
        </FormLayout>
      </Form>
    </Card>
  );
}

function WhereToFind() {
  return (
    <BlockStack gap="200">
      <p>
        At impact.com, open Settings → Technical → API and create an access token. It needs these
        permissions:
      </p>
      <List>
        {PERMISSION_USES.map(({ permissions, to }) => (
          <List.Item key={to}>{`${permissionsText(permissions)}, to ${to}`}</List.Item>
        ))}
      </List>
      <p>Then copy its Account SID and Auth Token here. Only account administrators can do this.</p>
    </BlockStack>
  );
}
