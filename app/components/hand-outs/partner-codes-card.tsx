import { Box, Card, Text } from "@shopify/polaris";
import { ListPaging } from "../list-paging.tsx";
import type { Download } from "../use-download.ts";
import { PartnerCode } from "./partner-code.tsx";
import type { PartnerView } from "./partner-view.server.ts";

interface Props {
  partner: PartnerView;
  download: Download;
}

/** A page of the codes that a partner has. */
export function PartnerCodesCard({ partner, download }: Props) {
  const { id, codes, previous, next } = partner;
  const pageUrl = (side: "after" | "before", code: string) =>
    `/app/partners/${encodeURIComponent(id)}?${new URLSearchParams({ [side]: code })}`;
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          Codes
        </Text>
      </Box>
      {codes.length === 0 && (
        <Box padding="400" paddingBlockStart="0">
          <Text as="p" tone="subdued">
            This partner has no code that is live. Make one with a discount.
          </Text>
        </Box>
      )}
      {codes.map((code) => {
        const address = `/app/hand-outs/qr/${code.id}`;
        return (
          <PartnerCode
            key={code.id}
            code={code}
            isLoading={download.loading === address}
            onPicture={() => download.start(address)}
          />
        );
      })}
      <ListPaging
        label="Pages of codes"
        previousUrl={previous === null ? null : pageUrl("before", previous)}
        nextUrl={next === null ? null : pageUrl("after", next)}
      />
    </Card>
  );
}
