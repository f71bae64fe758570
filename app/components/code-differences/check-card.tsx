import { Form, useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type { CheckView } from "./differences-view.server.ts";

/** When both sides were last compared, and the button that does it now. */
export function CheckCard({ check, differing }: { check: CheckView; differing: number }) {
  const isSending = useNavigation().formData?.get("intent") === "check";
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {headline(check, differing)}
          </Text>
          <Form method="post">
            <input type="hidden" name="intent" value="check" />
            <Button submit loading={isSending} disabled={check.isRunning}>
              Check now
            </Button>
          </Form>
        </InlineStack>
        {check.progress && <Progress progress={check.progress} waits={check.waits} />}
        {check.problem && (
          <Banner tone="critical">
            <p>{check.problem}</p>
          </Banner>
        )}
        {check.notRead && (
          <Banner tone="warning">
            <p>{check.notRead}</p>
          </Banner>
        )}
        {check.leavesOutTheirs && (
          <Text as="p">
            Another shop reports to the same impact.com program. So codes that stand only at
            impact.com and were never this shop's are not listed: they may be that shop's.
          </Text>
        )}
        <Text as="p" tone="subdued">
          {check.lastAt ? `Last compared ${check.lastAt}.` : "Not compared yet."} Each night all
          codes are compared with Shopify and impact.com.
        </Text>
      </BlockStack>
    </Card>
  );
}

function headline({ lastAt, isRunning, isImpactChecked }: CheckView, differing: number): string {
  if (differing > 0) return differing === 1 ? "1 difference" : `${differing} differences`;
  if (lastAt) return isImpactChecked ? "No differences" : "No differences in Shopify";
  return isRunning ? "Comparing for the first time" : "Nothing compared yet";
}

function Progress({
  progress,
  waits,
}: {
  progress: NonNullable<CheckView["progress"]>;
  waits: string | null;
}) {
  return (
    <BlockStack gap="150">
      <ProgressBar size="small" progress={progress.percent} ariaLabelledBy="check-progress" />
      <Text as="p" id="check-progress" tone="subdued">
        {progress.text}
        {waits && ` It waits and goes on by itself: ${waits}`}
      </Text>
    </BlockStack>
  );
}
