import { useNavigation } from "@remix-run/react";
import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { RuleForm as Chosen, RuleProblem } from "#app/core/attribution/read-rule.ts";
import { RefusedBanner } from "../refused-banner.tsx";
import { AskFirstForm } from "./ask-first-form.tsx";
import { RuleFields } from "./rule-fields.tsx";
import type { RefusedForm } from "./refused-form.ts";
import { POLICIES, ruleSentence } from "./rule-words.ts";
import type { RuleView } from "./rule-view.server.ts";
import { ruleWithDefaults } from "./with-defaults.ts";

interface Props {
  view: Pick<RuleView, "chosen" | "opened" | "since" | "discounts" | "silenced">;
  problems: RuleProblem[];
  refusal: RefusedForm<Chosen> | null;
}

/** The shop's own rule, with what each choice means at impact.com. */
export function RuleForm({ view, problems, refusal }: Props) {
  const start = refusal ? ruleWithDefaults(refusal.sent, view.chosen) : view.chosen;
  const [form, setForm] = useState<Chosen>(start);
  const isDirty = JSON.stringify(form) !== JSON.stringify(view.chosen);
  const isSaving = useNavigation().formMethod === "POST";
  const { discounts, silenced } = view;
  const fields = { form, change: setForm, problems, discounts, silenced };
  return (
    <AskFirstForm
      title="Change who earns from now on?"
      sentence={ruleSentence(form)}
      verb="Change the rule"
    >
      <input type="hidden" name="intent" value="rule" />
      <input type="hidden" name="opened" value={refusal?.opened ?? view.opened} />
      <BlockStack gap="400">
        {refusal?.message && <RefusedBanner refusal={refusal}>{refusal.message}</RefusedBanner>}
        <RuleFields {...fields} note={view.since} />
        <PolicyCard />
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <InlineStack align="end">
            <Button submit variant="primary" loading={isSaving} disabled={!isDirty}>
              Save rule
            </Button>
          </InlineStack>
        </Box>
      </BlockStack>
    </AskFirstForm>
  );
}

function PolicyCard() {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Credit policies at impact.com
        </Text>
        {POLICIES.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </BlockStack>
    </Card>
  );
}
