import { Box, Button, Link, Text } from "@shopify/polaris";
import type { ImpactWaitView } from "./impact-waits-view.server.ts";
import { ProblemCard } from "./problem-card.tsx";

/** Orders that nobody is paid for until the merchant connects impact.com, or mends the connection. */
export function ImpactWaitCard({ wait }: { wait: ImpactWaitView }) {
  return (
    <ProblemCard
      title={wait.title}
      facts={wait.facts}
      nextStep={wait.text}
      action={<Button url="/app/impact">{wait.button}</Button>}
    >
      <Box padding="300">
        <Text as="p" alignment="center">
          <Link url={wait.ordersUrl}>{wait.ordersText}</Link>
        </Text>
      </Box>
    </ProblemCard>
  );
}
