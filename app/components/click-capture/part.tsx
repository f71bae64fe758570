import { Badge, BlockStack, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

export type PartState = "unknown" | "on" | "off";

interface PartProps {
  name: string;
  state: PartState;
  text: string;
  /** How to turn it on. */
  children: ReactNode;
  turnOff?: ReactNode;
}

/** One way in which clicks are told, whether it is on, and how to turn it on. */
export function Part({ name, state, text, children, turnOff }: PartProps) {
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <BlockStack gap="100">
        <InlineStack align="start" gap="200" blockAlign="center">
          <Text as="h3" fontWeight="semibold">
            {name}
          </Text>
          {state === "on" && <Badge tone="success">On</Badge>}
          {state === "off" && <Badge>Off</Badge>}
        </InlineStack>
        <p>{text}</p>
      </BlockStack>
      {state === "off" && children}
      {state === "on" && turnOff}
    </InlineStack>
  );
}
