import { useNavigation } from "@remix-run/react";
import { BlockStack, Box, Button, Card, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { RefusedBanner } from "../refused-banner.tsx";
import { AskFirstForm } from "./ask-first-form.tsx";
import type { RuleView } from "./rule-view.server.ts";
import { SCOPE_NAMES } from "./rule-words.ts";

type Override = RuleView["overrides"][number];

const COLUMNS: Column<Override>[] = [
  {
    title: "For",
    phone: "start",
    cell: ({ scope, name }) => (
      <Text as="span" fontWeight="semibold">
        {`${SCOPE_NAMES[scope]} ${name}`}
      </Text>
    ),
  },
  { title: "Rule", wide: true, cell: ({ rule }) => rule },
  { title: "In force since", phoneLabel: "In force since", cell: ({ since }) => since },
  { title: "Take back", align: "end", cell: (override) => <TakeBack override={override} /> },
];

interface Props {
  overrides: Override[];
  /** Why one was not taken back. */
  refusal: { message: string } | null;
}

/** What stands above the shop's rule. */
export function OverridesCard({ overrides, refusal }: Props) {
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          {refusal && <RefusedBanner refusal={refusal}>{refusal.message}</RefusedBanner>}
          <Text as="h2" variant="headingMd">
            Rules of their own
          </Text>
          <p>
            A rule for a code stands above one for its partner, that above one for its discount, and
            that above your shop's rule.
          </p>
          {overrides.length === 0 && (
            <Text as="p" tone="subdued">
              No code, partner or discount has a rule of its own.
            </Text>
          )}
        </BlockStack>
      </Box>
      {overrides.length > 0 && (
        <RecordTable label="Rules of their own" columns={COLUMNS} rows={overrides} />
      )}
    </Card>
  );
}

function TakeBack({ override: { scope, subject, name, opened } }: { override: Override }) {
  const isSaving = useNavigation().formMethod === "POST";
  return (
    <AskFirstForm
      title={`Take back the rule for ${name}?`}
      sentence={`What stands below it holds for ${name} again: in the end your shop's rule.`}
      verb="Take the rule back"
    >
      <input type="hidden" name="intent" value="take-back" />
      <input type="hidden" name="opened" value={opened} />
      <input type="hidden" name="scope" value={scope} />
      <input type="hidden" name="subject" value={subject} />
      <Button
        submit
        variant="plain"
        disabled={isSaving}
        accessibilityLabel={`Take back the rule for ${name}`}
      >
        Take back
      </Button>
    </AskFirstForm>
  );
}
