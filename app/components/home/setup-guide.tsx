import {
  Box,
  BlockStack,
  Button,
  Card,
  Collapsible,
  Icon,
  InlineStack,
  ProgressBar,
  Text,
} from "@shopify/polaris";
import { CheckCircleIcon, ChevronDownIcon, ChevronUpIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import type { SetupStep } from "./setup-steps.ts";
import styles from "./setup-guide.module.css";

/** Gone by itself when every step is done. */
export function SetupGuide({ steps }: { steps: SetupStep[] }) {
  const [isOpen, setOpen] = useState(true);
  const done = steps.filter(({ isDone }) => isDone).length;
  if (done === steps.length) return null;
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Setup guide
          </Text>
          <Button
            variant="tertiary"
            icon={isOpen ? ChevronUpIcon : ChevronDownIcon}
            accessibilityLabel={isOpen ? "Hide steps" : "Show steps"}
            ariaExpanded={isOpen}
            ariaControls="setup-steps"
            onClick={() => setOpen(!isOpen)}
          />
        </InlineStack>
        <InlineStack gap="300" blockAlign="center" wrap={false}>
          <Text as="span" tone="subdued" id="setup-progress">
            {`${done} of ${steps.length} steps done`}
          </Text>
          <Box width="8rem">
            <ProgressBar
              progress={(done / steps.length) * 100}
              size="small"
              tone="primary"
              animated={false}
              ariaLabelledBy="setup-progress"
            />
          </Box>
        </InlineStack>
        <Collapsible id="setup-steps" open={isOpen}>
          <ol className={styles["steps"]}>
            {steps.map((step) => (
              <Step key={step.title} step={step} isNext={step === next} />
            ))}
          </ol>
        </Collapsible>
      </BlockStack>
    </Card>
  );
}

function Step({ step, isNext }: { step: SetupStep; isNext: boolean }) {
  const { title, text, button, url, isDone } = step;
  return (
    <li className={styles["step"]} data-next={isNext || undefined}>
      {isDone ? (
        <span className={styles["done"]}>
          <Icon source={CheckCircleIcon} tone="success" accessibilityLabel="Done" />
        </span>
      ) : (
        <span className={styles["open"]} role="img" aria-label="Not done yet" />
      )}
      <BlockStack gap="100">
        <Text as="h3" fontWeight={isNext ? "semibold" : "regular"}>
          {title}
        </Text>
        {isNext && (
          <BlockStack gap="300" inlineAlign="start">
            <Text as="p" tone="subdued">
              {text}
            </Text>
            <Button variant="primary" url={url}>
              {button}
            </Button>
          </BlockStack>
        )}
      </BlockStack>
    </li>
  );
}
