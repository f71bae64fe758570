import { BlockStack, Box, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

interface Props {
  title: string;
  /** Shown beside the title, such as how much it is about. */
  facts?: string[];
  nextStep: string;
  action?: ReactNode;
  children: ReactNode;
}

/** Problems of one kind: what happened, how much of it, what to do, and each of them below. */
export function ProblemCard({ title, facts = [], nextStep, action, children }: Props) {
  return (
    <Card padding="0">
      <Box padding="400">
        <InlineStack align="space-between" blockAlign="start" gap="300">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            {facts.map((fact) => (
              <Text key={fact} as="p" fontWeight="semibold">
                {fact}
              </Text>
            ))}
          </BlockStack>
          {action}
        </InlineStack>
        <Box paddingBlockStart="200" maxWidth="44rem">
          <Text as="p" tone="subdued">
            {nextStep}
          </Text>
        </Box>
      </Box>
      {children}
    </Card>
  );
}
