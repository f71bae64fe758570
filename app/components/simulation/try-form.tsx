import { Form, useNavigation } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import type { RuleForm, RuleProblem } from "#app/core/attribution/read-rule.ts";
import { RuleFields } from "../rules/rule-fields.tsx";
import type { RuleView } from "../rules/rule-view.server.ts";

interface Props {
  chosen: RuleForm;
  days: string;
  dayChoices: string[];
  discounts: RuleView["discounts"];
  silenced: RuleView["silenced"];
  problems: RuleProblem[];
}

/** A rule to be tried. It lies in the page's address, so that it can be shown to others. */
export function TryForm({ chosen, days, dayChoices, discounts, silenced, problems }: Props) {
  const [form, setForm] = useState(chosen);
  const [period, setPeriod] = useState(days);
  const isLoading = useNavigation().state === "loading";
  const options = dayChoices.map((value) => ({ value, label: `The last ${value} days` }));
  return (
    <Form method="get">
      <BlockStack gap="400">
        <RuleFields
          {...{ form, change: setForm, discounts, silenced, problems }}
          note="Nothing is changed by trying: your orders are decided once more on paper."
        />
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Orders to try it on
            </Text>
            <Select
              label="Period"
              name="period"
              options={options}
              value={period}
              onChange={setPeriod}
            />
            <InlineStack>
              <Button submit variant="primary" loading={isLoading}>
                See what would change
              </Button>
            </InlineStack>
          </BlockStack>
        </Card>
      </BlockStack>
    </Form>
  );
}
