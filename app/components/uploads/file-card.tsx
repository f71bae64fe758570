import { BlockStack, Card, List, Text } from "@shopify/polaris";
import { FileDrop } from "./file-drop.tsx";
import type { Uploading } from "./use-upload.ts";

/** Where a merchant drops a file of codes, and what the file should hold. */
export function FileCard(uploading: Uploading) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          File
        </Text>
        <FileDrop label="File of codes" {...uploading} />
        <List>
          <List.Item>One row for each code, with the code and its partner.</List.Item>
          <List.Item>
            The partner may be the id at impact.com, the name, or the e-mail of the account.
          </List.Item>
          <List.Item>
            Start, end and reach are optional. From its start on, a code&apos;s orders are the
            partner&apos;s. Columns are found by their headings.
          </List.Item>
          <List.Item>Nothing is made before you have seen what was found in the file.</List.Item>
        </List>
      </BlockStack>
    </Card>
  );
}
