import { DropZone, InlineStack, Spinner, Text } from "@shopify/polaris";
import type { Uploading } from "./use-upload.ts";

type Props = Pick<Uploading, "file" | "isSending" | "choose"> & { label: string };

/** Where a merchant drops a file of rows, and sees that it is being read. */
export function FileDrop({ label, file, isSending, choose }: Props) {
  return (
    <DropZone
      label={label}
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
  );
}
