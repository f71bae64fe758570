import { useNavigation, useSubmit } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { Facts } from "../facts.tsx";
import { ProgressLine } from "../progress-line.tsx";
import type { FileView } from "./file-view.server.ts";

/** How many of the file's codes impact.com lists by now, and when that was looked for. */
export function FileProgressCard({ file }: { file: FileView }) {
  const submit = useSubmit();
  const isBusy = useNavigation().formData?.get("intent") === "look";
  const { codes, arrived, missing, differing, takenBack, lookedAt, nextLookAt, state } = file;
  const some = (count: number) => (count > 0 ? count.toLocaleString("en") : null);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Arrived at impact.com
          </Text>
          {state === "open" && (
            <Button loading={isBusy} onClick={() => submit({ intent: "look" }, { method: "post" })}>
              Look now
            </Button>
          )}
        </InlineStack>
        <ProgressLine label="Registered" count={arrived} all={codes} />
        <Facts
          facts={[
            { term: "Not there yet", value: some(missing) },
            { term: "There, with other terms", value: some(differing) },
            { term: "Left the file", value: some(takenBack) },
            { term: "Last looked", value: lookedAt },
            { term: "Next look", value: nextLookAt },
          ]}
        />
        {state === "open" && (
          <Text as="p" tone="subdued">
            Orders with these codes wait until their code has arrived. We look soon after you have
            uploaded, then ever more seldom. You can close this page.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
