import {
  Badge,
  Banner,
  BlockStack,
  Card,
  InlineStack,
  SkeletonBodyText,
  Text,
} from "@shopify/polaris";
import type { DrawPreview } from "#app/core/batches/preview-drawing.ts";
import { MOST_CODES } from "#app/core/batches/start-drawing.ts";
import type { SeenPreview } from "./use-draw-preview.ts";

interface Props {
  preview: SeenPreview;
  hasPartners: boolean;
}

/** What the form would make: examples, how many codes, and how safe they are. */
export function PreviewCard(props: Props) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Examples
        </Text>
        <Content {...props} />
      </BlockStack>
    </Card>
  );
}

function Content({ preview, hasPartners }: Props) {
  if (!preview) return <SkeletonBodyText lines={6} />;
  if ("failed" in preview) return <Text as="p">{preview.failed}</Text>;
  const { examples, codes, odds, unread } = preview;
  return (
    <>
      {examples.length > 0 ? (
        <BlockStack as="ul" gap="100">
          {examples.map((code) => (
            <li key={code}>
              <Text as="span" breakWord>
                {code}
              </Text>
            </li>
          ))}
        </BlockStack>
      ) : (
        <Text as="p" tone="subdued">
          Mend the pattern to see what codes it makes.
        </Text>
      )}
      {codes !== null && codes > MOST_CODES ? (
        <Text as="p" tone="critical">
          {`${codes.toLocaleString("en")} codes are more than one batch makes: at most ${MOST_CODES.toLocaleString("en")}.`}
        </Text>
      ) : (
        <Text as="p" fontWeight="semibold">
          {countText(codes, hasPartners)}
        </Text>
      )}
      {odds && <Odds odds={odds} />}
      {unread && <Banner tone="warning">{unread}</Banner>}
    </>
  );
}

function countText(codes: number | null, hasPartners: boolean): string {
  if (codes === null) {
    return hasPartners
      ? "Enter how many codes each partner gets."
      : "Choose partners to see how many codes result.";
  }
  return codes === 1 ? "1 code will be made." : `${codes.toLocaleString("en")} codes will be made.`;
}

const VERDICTS = {
  safe: { tone: "success", label: "Hard to guess" },
  weak: { tone: "warning", label: "Could be guessed" },
  open: { tone: "critical", label: "Easily guessed" },
} as const;

function Odds({ odds }: { odds: NonNullable<DrawPreview["odds"]> }) {
  const { tone, label } = VERDICTS[odds.verdict];
  return (
    <BlockStack gap="100">
      <InlineStack>
        <Badge tone={tone}>{label}</Badge>
      </InlineStack>
      <Text as="p">{odds.sentence}</Text>
      <Text as="p" tone="subdued">
        Codes of the same pattern that you have already are counted with these.
      </Text>
    </BlockStack>
  );
}
