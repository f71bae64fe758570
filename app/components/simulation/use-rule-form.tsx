import { useNavigation } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { RuleForm } from "#app/core/attribution/read-rule.ts";
import type { OverrideSubject } from "#app/core/attribution/save-rule.ts";
import { AskFirstForm } from "../rules/ask-first-form.tsx";
import type { RuleView } from "../rules/rule-view.server.ts";
import { overrideSentence, ruleSentence } from "../rules/rule-words.ts";

interface Props {
  rule: RuleForm;
  subject: OverrideSubject | null;
  /** The rule in force when it was tried. */
  opened: string;
  view: Pick<RuleView, "discounts" | "partners">;
  /** The form below says something else by now. */
  isChanged: boolean;
}

/** Puts the rule that was tried, and no later change of the form, in force, as the rules' own page does. */
export function UseRuleForm({ rule, subject, opened, view, isChanged }: Props) {
  const { discounts, several, clickAlone, clickDays = "", ...meeting } = rule;
  const fields = subject
    ? { intent: "override", opened, ...subject, ...meeting }
    : { intent: "rule", opened, several, clickAlone, clickDays, ...meeting };
  const isSaving = useNavigation().formMethod === "POST";
  const sentence = subject ? overrideSentence(subject.scope, rule) : ruleSentence(rule);
  return (
    <AskFirstForm
      action="/app/rules"
      title="Change who earns from now on?"
      sentence={sentence}
      verb="Change the rule"
    >
      {Object.entries(fields).map(([name, value]: [string, string]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {!subject &&
        discounts.map((discountId) => (
          <input key={discountId} type="hidden" name="discounts" value={discountId} />
        ))}
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            The rule that was tried
          </Text>
          <p>{subject ? `${nameOf(subject, view)}: ${sentence}` : sentence}</p>
          {isChanged && (
            <Text as="p" tone="caution">
              You have changed the form below since. See what that would change first.
            </Text>
          )}
          <InlineStack align="end">
            <Button submit variant="primary" loading={isSaving} disabled={isChanged}>
              Use this rule from now on
            </Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </AskFirstForm>
  );
}

function nameOf({ subject }: OverrideSubject, { discounts, partners }: Props["view"]): string {
  const discount = discounts.find(({ value }) => value === subject)?.label;
  const partner = partners.find(({ partnerId }) => partnerId === subject)?.name;
  return discount ?? partner ?? subject;
}
