import { BlockStack, Card, ChoiceList, Text } from "@shopify/polaris";
import type { PropsWithChildren } from "react";
import type { DrawPreview } from "#app/core/batches/preview-drawing.ts";
import { hoursText } from "../hours-text.ts";

interface Props {
  offer: NonNullable<DrawPreview["families"]>;
  asFamilies: boolean;
  change: (some: { asFamilies: boolean }) => void;
  error: string | null;
}

/** How impact.com is told of the codes, where that makes more than an hour's difference. */
export function RegistrationCard({ offer, asFamilies, change, error }: Props) {
  const { oneByOne, families, whyNot, note } = offer;
  if (whyNot) return <OneByOne cost={oneByOne} whyNot={whyNot} />;
  return (
    <Registering>
      <ChoiceList
        title="How is impact.com told of these codes?"
        name="asFamilies"
        selected={[asFamilies ? "yes" : "no"]}
        onChange={([value]) => change({ asFamilies: value === "yes" })}
        error={error ?? ""}
        choices={[
          {
            value: "no",
            label: `One by one: ${costText(oneByOne)}`,
            helpText: "Each code stands in impact.com's list and can be expired there by itself.",
          },
          {
            value: "yes",
            label: `As families: ${costText(families)}`,
            helpText: `impact.com is told one expression for each partner, such as ${offer.example}. It credits every code that fits to that partner, codes you add later too. One code alone can't be expired there: taken from Shopify, nobody can use it any more.`,
          },
        ]}
      />
      {asFamilies && (
        <Text as="p" tone="subdued">
          Whether a family fits another partner’s codes is checked among this app’s codes and what
          stands at impact.com. Codes in Shopify that this app does not manage are not checked:
          adopt them first, as an order with one that fits is credited to the family’s partner too.
        </Text>
      )}
      {asFamilies && note && (
        <Text as="p" tone="subdued">
          {note}
        </Text>
      )}
    </Registering>
  );
}

/** Families would save time, and can't be had. */
function OneByOne({ cost, whyNot }: { cost: Props["offer"]["oneByOne"]; whyNot: string }) {
  return (
    <Registering>
      <Text as="p">{`One by one: ${costText(cost)}.`}</Text>
      <Text as="p" tone="subdued">
        {`Families, which take one request for each partner, can't be made here: ${whyNot}`}
      </Text>
    </Registering>
  );
}

function Registering({ children }: PropsWithChildren) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Registering at impact.com
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}

function costText({ requests, hours }: Props["offer"]["families"]): string {
  const asked = `${requests.toLocaleString("en")} requests`;
  if (hours === 0) return `${asked}, within one hour's limit`;
  return `${asked}, about ${hoursText(hours)} of waiting`;
}
