import { BlockStack, Card, DropZone, InlineStack, List, Spinner, Text } from "@shopify/polaris";
import type { Uploading } from "./use-upload.ts";

/** Where a merchant drops a file of codes, and what the file should hold. */
export function FileCard({ file, isSending, choose }: Uploading) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          File
        </Text>
        <DropZone
          label="File of codes"
          labelHidden
          allowMultiple={false}
          accept=".csv,.tsv,.txt,.xlsx"
          disabled={isSending}
          onDropAccepted={([chosen]) => chosen && choose(chosen)}
        >
          {isSending ? (
            <InlineStack align="center" blockAlign="center" gap="200">
              <Spinner size="small" accessibilityLabel="Reading the file" />
              <Text as="p">Reading {file?.name ?? "the file"}…</Text>
            </InlineStack>
          ) : (
            <DropZone.FileUpload
              actionTitle="Choose file"
              actionHint="CSV, TSV or .xlsx, up to 200,000 rows and 50 MB"
            />
          )}
        </DropZone>
        <List>
          <List.Item>One row for each code, with the code and its partner.</List.Item>
          <List.Item>
            The partner may be the id at impact.com, the name, or the e-mail of the account.
          </List.Item>
          <List.Item>
            A start is optional: from then on the code&apos;s orders are the partner&apos;s. Columns
            are found by their headings.
          </List.Item>
          <List.Item>Nothing is made before you have seen what was found in the file.</List.Item>
        </List>
      </BlockStack>
    </Card>
  );
}
