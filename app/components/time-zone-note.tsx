import { Box, Text } from "@shopify/polaris";

export function TimeZoneNote({ timeZone }: { timeZone: string }) {
  return (
    <Box paddingBlock="400">
      <Text as="p" tone="subdued" alignment="center">
        Times are in the shop's time zone, {timeZone.replaceAll("_", " ")}.
      </Text>
    </Box>
  );
}
