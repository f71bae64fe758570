import { Banner, BlockStack, Text } from "@shopify/polaris";
import { FileDrop } from "../uploads/file-drop.tsx";
import { MappingCard } from "../uploads/mapping-card.tsx";
import { useUpload } from "../uploads/use-upload.ts";

/** Where a merchant drops a file that names the partners of the codes. */
export function PartnerFile({ adoptionId }: { adoptionId: string }) {
  const uploading = useUpload(`/app/adopt/${adoptionId}/file`, () => `/app/adopt/${adoptionId}`);
  const { problem, asked } = uploading;
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
      <FileDrop label="File of codes and partners" {...uploading} />
      <Text as="p" tone="subdued">
        One row for each code, with its partner&apos;s id at impact.com, name, or e-mail of the
        account. Other columns are left aside.
      </Text>
    </BlockStack>
  );
}
