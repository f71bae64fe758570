import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import { changeUrl } from "../changes/change-query.ts";
import type { RuleView } from "./rule-view.server.ts";

type NotAlways = RuleView["notAlways"][number];

const COLUMNS: Column<NotAlways>[] = [
  { title: "Code", phone: "start", cell: ({ code }) => <CodeText>{code}</CodeText> },
  { title: "Credit policy", wide: true, phoneLabel: "Credit policy", cell: ({ reach }) => reach },
  {
    title: "Register anew",
    align: "end",
    cell: ({ id, code }) => (
      <Button
        variant="plain"
        url={changeUrl("register-anew", { kind: "picked", codeIds: [id] })}
        accessibilityLabel={`Register ${code} anew`}
      >
        Register anew
      </Button>
    ),
  },
];

/** Registrations that contradict every rule: by them a code without a click earns nobody anything. */
export function NotAlwaysCard({ codes, isCut }: { codes: NotAlways[]; isCut: boolean }) {
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            Codes that need a click at impact.com
          </Text>
          <p>
            By your rule a code earns without a click, but impact.com credits these only with one of
            their partner's. impact.com can't change a registration: it is ended, and the code is
            registered anew with ALWAYS. What that does is shown first.
          </p>
          {isCut && <p>These are the first {codes.length}.</p>}
          <InlineStack>
            <Button url={changeUrl("register-anew", { kind: "needing-click" })}>
              Register all anew
            </Button>
          </InlineStack>
        </BlockStack>
      </Box>
      <RecordTable label="Codes that need a click" columns={COLUMNS} rows={codes} />
    </Card>
  );
}
