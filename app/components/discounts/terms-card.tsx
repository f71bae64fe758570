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
            { term: "Applies to", value: terms.items },
            { term: "Purchases", value: terms.purchases },
            { term: "Customers", value: terms.buyers },
            { term: "Dates", value: terms.dates },
            { term: "Limit", value: terms.usageLimit },
            { term: "Per customer", value: terms.customers },
            { term: "Minimum purchase", value: terms.minimum },
            { term: "Combines", value: terms.combines },
            { term: "Tags", value: terms.tags },
          ]}
        />
      </BlockStack>
    </Card>
  );
}
