import { Banner, BlockStack, DropZone, InlineStack, Spinner, Text } from "@shopify/polaris";
import { MappingCard } from "../uploads/mapping-card.tsx";
import { useUpload } from "../uploads/use-upload.ts";

/** Where a merchant drops a file that names the partners of the codes. */
export function PartnerFile({ adoptionId }: { adoptionId: string }) {
  const uploading = useUpload(`/app/adopt/${adoptionId}/file`, () => `/app/adopt/${adoptionId}`);
  const { file, isSending, problem, asked, choose } = uploading;
  return (
    <BlockStack gap="300">
      {problem && (
        <Banner tone="critical">
          <p>{problem}</p>
        </Banner>
      )}
      {asked && (
        <MappingCard
          key={JSON.stringify(asked)}
          {...uploading}
          asked={asked}
          wanted={["code", "partner"]}
        />
      )}
      <DropZone
        label="File of codes and partners"
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
      <Text as="p" tone="subdued">
        One row for each code, with its partner&apos;s id at impact.com, name, or e-mail of the
        account. Other columns are left aside.
      </Text>
    </BlockStack>
  );
}
