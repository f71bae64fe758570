import { Form } from "@remix-run/react";
import type { RuleForm } from "#app/core/attribution/read-rule.ts";
import { SaveRule } from "../rules/save-rule.tsx";

/** Puts the rule that was tried in force, by the form of the rule itself. */
export function UseRuleForm({ rule }: { rule: RuleForm }) {
  const { discounts, ...fields } = rule;
  return (
    <Form method="post" action="/app/rules">
      <input type="hidden" name="intent" value="rule" />
      {Object.entries(fields).map(([name, value]: [string, string]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {discounts.map((discountId) => (
        <input key={discountId} type="hidden" name="discounts" value={discountId} />
      ))}
      <SaveRule content="Use this rule from now on" isDirty />
    </Form>
  );
}
