import { Form } from "@remix-run/react";
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useState } from "react";
import type { RuleForm as Chosen, RuleProblem } from "#app/core/attribution/read-rule.ts";
import { RuleFields } from "./rule-fields.tsx";
import { POLICIES } from "./rule-words.ts";
import type { RuleView } from "./rule-view.server.ts";
import { SaveRule } from "./save-rule.tsx";

interface Props {
  view: Pick<RuleView, "chosen" | "since" | "discounts">;
  problems: RuleProblem[];
}

/** The shop's own rule, with what each choice means at impact.com. */
export function RuleForm({ view, problems }: Props) {
  const [form, setForm] = useState<Chosen>(view.chosen);
  const isDirty = JSON.stringify(form) !== JSON.stringify(view.chosen);
  const fields = { form, change: setForm, problems, discounts: view.discounts };
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="rule" />
      <BlockStack gap="400">
        <RuleFields {...fields} note={view.since} />
        <PolicyCard />
      </BlockStack>
      <SaveRule content="Save rule" isDirty={isDirty} />
    </Form>
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
