import { BlockStack, Card, Text } from "@shopify/polaris";
import { Facts } from "../facts.tsx";
import type { DiscountTermsView } from "./discount-terms.server.ts";

export function TermsCard({ terms }: { terms: DiscountTermsView }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Terms
        </Text>
        <Facts
          facts={[
            { term: "Value", value: terms.value },
            { term: "Dates", value: terms.dates },
            { term: "Limit", value: terms.usageLimit },
            { term: "Customers", value: terms.customers },
            { term: "Minimum purchase", value: terms.minimum },
            { term: "Combines", value: terms.combines },
          ]}
        />
      </BlockStack>
    </Card>
  );
}
