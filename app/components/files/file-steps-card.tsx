import { useNavigation, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, List, Text } from "@shopify/polaris";
import { useDownload } from "../use-download.ts";
import type { FileView } from "./file-view.server.ts";

/** What the merchant does with the file: download its parts, upload them, and say so. */
export function FileStepsCard({ file }: { file: FileView }) {
  const { start, loading, problem } = useDownload();
  const submit = useSubmit();
  const isBusy = useNavigation().formData?.get("intent") === "uploaded";
  const { id, parts, uploadedAt } = file;
  const name = (part: number) =>
    parts === 1 ? "Download file" : `Download part ${part} of ${parts}`;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Upload at impact.com
        </Text>
        {problem && (
          <Banner tone="critical">
            <p>{problem}</p>
          </Banner>
        )}
        <InlineStack gap="200">
          {Array.from({ length: parts }, (_, index) => {
            const address = `/app/files/${id}/part/${index + 1}`;
            return (
              <Button
                key={address}
                onClick={() => start(address)}
                loading={loading === address}
                disabled={loading !== null}
              >
                {name(index + 1)}
              </Button>
            );
          })}
        </InlineStack>
        <List type="number">
          <List.Item>Download {parts === 1 ? "the file" : `all ${parts} parts`}.</List.Item>
          <List.Item>
            At impact.com open Engage → Content → Promo Codes → Bulk Upload, choose{" "}
            {parts === 1 ? "the file" : "each part in turn"}, press Next, then Accept &amp; Create
            Promo Codes.
          </List.Item>
          <List.Item>Come back and say that it is uploaded. We then look for every code.</List.Item>
        </List>
        <OtherHeadings file={file} start={start} isBusy={loading !== null} />
        <InlineStack gap="200" blockAlign="center">
          <Button
            variant={uploadedAt ? "secondary" : "primary"}
            loading={isBusy}
            onClick={() => submit({ intent: "uploaded" }, { method: "post" })}
          >
            {uploadedAt ? "I have uploaded it again" : "I have uploaded it"}
          </Button>
          {uploadedAt && (
            <Text as="span" tone="subdued">
              Uploaded {uploadedAt}.
            </Text>
          )}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

/** impact.com's page spells two headings in two ways. */
function OtherHeadings(props: {
  file: FileView;
  start: (address: string) => void;
  isBusy: boolean;
}) {
  const { file, start, isBusy } = props;
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Text as="p" tone="subdued">
        Does impact.com refuse the headings? Its own example says Campaign Id and Deal Name in place
        of Program Id and Deal Id.
      </Text>
      <InlineStack gap="200">
        {Array.from({ length: file.parts }, (_, index) => (
          <Button
            key={index}
            variant="plain"
            disabled={isBusy}
            onClick={() => start(`/app/files/${file.id}/part/${index + 1}?headings=sample`)}
          >
            {`Download ${file.parts === 1 ? "" : `part ${index + 1} `}with those headings`}
          </Button>
        ))}
      </InlineStack>
    </BlockStack>
  );
}
