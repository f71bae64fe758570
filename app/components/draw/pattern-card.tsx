import {
  Button,
  BlockStack,
  Card,
  FormLayout,
  InlineStack,
  Text,
  TextField,
} from "@shopify/polaris";
import { useRef } from "react";

const TOKENS = [
  { token: "{FIRST}", label: "First name" },
  { token: "{LAST}", label: "Last name" },
  { token: "{ID}", label: "Partner id" },
  { token: "{VALUE}", label: "Discount value" },
  { token: "{RANDOM:6}", label: "Random part" },
];

interface Props {
  pattern: string;
  codesEach: string;
  change: (some: { pattern?: string; codesEach?: string }) => void;
  errors: { pattern: string | null; codesEach: string | null };
}

/** How codes are spelled, and how many there are for each partner. */
export function PatternCard({ pattern, codesEach, change, errors }: Props) {
  const { field, insert } = useInsertion(pattern, (next) => change({ pattern: next }));
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Pattern
        </Text>
        <FormLayout>
          <BlockStack gap="200">
            <div ref={field}>
              <TextField
                label="Pattern"
                name="pattern"
                value={pattern}
                onChange={(value) => change({ pattern: value })}
                autoComplete="off"
                spellCheck={false}
                helpText="Letters and digits stand as they are. What is in braces is filled in for each code."
                {...(errors.pattern && { error: errors.pattern })}
              />
            </div>
            <InlineStack gap="200">
              {TOKENS.map(({ token, label }) => (
                <Button
                  key={token}
                  size="slim"
                  accessibilityLabel={`Insert ${token}: ${label}`}
                  onClick={() => insert(token)}
                >
                  {label}
                </Button>
              ))}
            </InlineStack>
          </BlockStack>
          <TextField
            label="Codes for each partner"
            name="codesEach"
            value={codesEach}
            onChange={(value) => change({ codesEach: value })}
            inputMode="numeric"
            autoComplete="off"
            {...(errors.codesEach && { error: errors.codesEach })}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

/** Puts text where the cursor last stood in the field inside that element. */
function useInsertion(text: string, change: (text: string) => void) {
  const field = useRef<HTMLDivElement>(null);
  const insert = (token: string) => {
    const input = field.current?.querySelector("input");
    const from = input?.selectionStart ?? text.length;
    const to = input?.selectionEnd ?? from;
    change(text.slice(0, from) + token + text.slice(to));
    const end = from + token.length;
    requestAnimationFrame(() => {
      input?.focus();
      input?.setSelectionRange(end, end);
    });
  };
  return { field, insert };
}
