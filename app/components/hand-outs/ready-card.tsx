import { Banner, BlockStack, Button, Card, InlineStack, List, Text } from "@shopify/polaris";
import type { HandOutOverview } from "#app/core/hand-outs/read-hand-out-overview.ts";
import { MOST_PICTURES } from "#app/core/hand-outs/hand-out.ts";
import { useDownload } from "../use-download.ts";

interface Props extends Pick<HandOutOverview, "ready" | "keptBack"> {
  /** Which codes, as the fields of an address. */
  scope: string;
}

/** How many codes can be handed out, the files that do it, and why others are kept back. */
export function ReadyCard({ ready, keptBack, scope }: Props) {
  const { start, loading, problem } = useDownload();
  const button = (content: string, path: string, isPossible: boolean) => {
    const address = `${path}?${scope}`;
    return (
      <Button
        onClick={() => start(address)}
        loading={loading === address}
        disabled={!isPossible || (loading !== null && loading !== address)}
      >
        {content}
      </Button>
    );
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {ready === 0 ? "No code is ready to hand out" : `${codesText(ready)} ready to hand out`}
        </Text>
        {problem && (
          <Banner tone="critical">
            <p>{problem}</p>
          </Banner>
        )}
        {ready === 0 && keptBack.length === 0 && <NothingYet />}
        <Text as="p">
          The CSV has a line for each code with its partner, share link, terms and dates. The ZIP
          has a folder for each partner with a page to send or print, a text for an e-mail, and a QR
          picture for each code.
        </Text>
        {ready > MOST_PICTURES && (
          <Text as="p" tone="caution">
            {`A ZIP holds at most ${MOST_PICTURES.toLocaleString("en-US")} QR pictures. Choose one discount, batch or partner at a time, or take the CSV, which holds any number.`}
          </Text>
        )}
        <InlineStack gap="200">
          {button("Download CSV", "/app/hand-outs/csv", ready > 0)}
          {button("Download ZIP", "/app/hand-outs/zip", ready > 0 && ready <= MOST_PICTURES)}
        </InlineStack>
        {keptBack.length > 0 && (
          <List>
            {keptBack.map(({ reason, sentence, codes }) => (
              <List.Item key={reason}>{`${codesText(codes)}: ${lowerFirst(sentence)}`}</List.Item>
            ))}
          </List>
        )}
      </BlockStack>
    </Card>
  );
}

/** A way on for whoever has no codes at all. */
function NothingYet() {
  return (
    <>
      <Text as="p">Codes come here as soon as a discount has codes for partners.</Text>
      <InlineStack>
        <Button url="/app/discounts">See discounts</Button>
      </InlineStack>
    </>
  );
}

function codesText(codes: number): string {
  return codes === 1 ? "1 code" : `${codes.toLocaleString("en-US")} codes`;
}

function lowerFirst(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
