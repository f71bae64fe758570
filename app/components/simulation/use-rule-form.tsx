import { useNavigation } from "@remix-run/react";
import { Button, InlineStack } from "@shopify/polaris";
import type { RuleForm } from "#app/core/attribution/read-rule.ts";
import { AskFirstForm } from "../rules/ask-first-form.tsx";
import { ruleSentence } from "../rules/rule-words.ts";

/** Puts the rule that was tried in force, by the form of the rule itself. */
export function UseRuleForm({ rule }: { rule: RuleForm }) {
  const { discounts, ...fields } = rule;
  const isSaving = useNavigation().formMethod === "POST";
  return (
    <AskFirstForm
      action="/app/rules"
      title="Change who earns from now on?"
      sentence={ruleSentence(rule)}
      verb="Change the rule"
    >
      <input type="hidden" name="intent" value="rule" />
      {Object.entries(fields).map(([name, value]: [string, string]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {discounts.map((discountId) => (
        <input key={discountId} type="hidden" name="discounts" value={discountId} />
      ))}
      <InlineStack align="end">
        <Button submit variant="primary" loading={isSaving}>
          Use this rule from now on
        </Button>
      </InlineStack>
    </AskFirstForm>
  );
}
