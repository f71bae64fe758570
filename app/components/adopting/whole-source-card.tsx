import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import { useBeginAdoption } from "./use-begin-adoption.ts";

interface Props {
  source: "impact" | "nobodys";
  /** For nobodys, how many there are; null for a thousand or more. */
  nobodys: number | null;
  isConnected: boolean;
  draftKey: string;
}

/** Codes that are read all together: those that impact.com lists, or those that nobody has here. */
export function WholeSourceCard({ source, nobodys, isConnected, draftKey }: Props) {
  const { begin, isBusy } = useBeginAdoption(draftKey);
  const { text, button, isNone } =
    source === "impact" ? atImpact(isConnected) : nobodysHere(nobodys);
  return (
    <Box padding="400">
      <BlockStack gap="300">
        {text.map((line) => (
          <Text as="p" key={line}>
            {line}
          </Text>
        ))}
        <InlineStack>
          {source === "impact" && !isConnected ? (
            <Button url="/app/impact">Connect impact.com</Button>
          ) : (
            <Button
              variant="primary"
              loading={isBusy}
              disabled={isNone}
              onClick={() => begin({ kind: source })}
            >
              {button}
            </Button>
          )}
        </InlineStack>
      </BlockStack>
    </Box>
  );
}

function atImpact(isConnected: boolean) {
  const text = isConnected
    ? [
        "Codes that are registered to your partners, live in Shopify, and are not managed here, whatever discounts they belong to.",
        "Registrations are read 1,000 at a time, within the hour's limit of your impact.com account. Nothing is adopted before you have seen what was found.",
      ]
    : ["Codes that are registered to your partners are found once impact.com is connected."];
  return { text, button: "Read codes at impact.com", isNone: false };
}

function nobodysHere(count: number | null) {
  const text =
    count === 0
      ? ["Every code that is managed here has its partner."]
      : [
          `${sayCount(count)} live here without a partner: their orders earn nobody. Find their partners together, by impact.com, by a name in the code, or by a file.`,
        ];
  return { text, button: "Read these codes", isNone: count === 0 };
}

function sayCount(count: number | null): string {
  if (count === null) return "1,000 codes or more";
  return count === 1 ? "1 code" : `${count.toLocaleString("en")} codes`;
}
