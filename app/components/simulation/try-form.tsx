import { Form, useNavigation } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import type { RuleForm, RuleProblem } from "#app/core/attribution/read-rule.ts";
import type { OverrideSubject } from "#app/core/attribution/save-rule.ts";
import { MeetingFields } from "../rules/meeting-fields.tsx";
import { RuleFields } from "../rules/rule-fields.tsx";
import type { RuleView } from "../rules/rule-view.server.ts";
import { SCOPES } from "../rules/rule-words.ts";
import { SubjectField } from "../rules/subject-field.tsx";
import { PeriodField } from "./period-field.tsx";

interface Props {
  chosen: RuleForm;
  /** What it is tried for; null: the shop. */
  subject: OverrideSubject | null;
  /** Of how many days orders are tried, as it was typed. */
  period: string;
  view: Pick<RuleView, "discounts" | "partners" | "silenced">;
  problems: RuleProblem[];
  /** Hears whether the form says something else than what was tried. */
  onChange: (isChanged: boolean) => void;
}

const SHOP = "shop";

/** A rule to be tried. It lies in the page's address, so that it can be shown to others. */
export function TryForm({ chosen, view, problems, onChange, ...props }: Props) {
  const first = { ...(props.subject ?? { scope: SHOP, subject: "" }), form: chosen };
  const [{ form, scope, subject }, setState] = useState<Tried>(first);
  const isLoading = useNavigation().state === "loading";
  const change = (some: Partial<Tried>) => {
    const next = { form, scope, subject, ...some };
    setState(next);
    onChange(JSON.stringify(next) !== JSON.stringify({ form: chosen, ...scopeOf(first) }));
  };
  const setForm = (next: RuleForm) => change({ form: next });
  const problemOf = (field: RuleProblem["field"]) =>
    problems.find((problem) => problem.field === field)?.message;
  return (
    <Form method="get">
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <Text as="p" tone="subdued">
              {NOTE}
            </Text>
            <Select
              label="Try a rule for"
              name="scope"
              options={[{ value: SHOP, label: "The whole shop" }, ...SCOPES]}
              value={scope}
              onChange={(value) => change({ scope: value, subject: "" })}
            />
            {scope !== SHOP && (
              <>
                <SubjectField
                  {...{ view, scope, subject }}
                  setSubject={(value) => change({ subject: value })}
                  error={problemOf("subject") ?? ""}
                />
                <MeetingFields
                  {...{ form, problemOf }}
                  change={(some) => setForm({ ...form, ...some })}
                />
              </>
            )}
          </BlockStack>
        </Card>
        {scope === SHOP && (
          <RuleFields
            {...{ form, change: setForm, problems }}
            discounts={view.discounts}
            silenced={view.silenced}
            note="What becomes of a click alone, and which of several codes counts, can be set for the whole shop only."
          />
        )}
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Orders to try it on
            </Text>
            <PeriodField first={props.period} error={problemOf("period")} />
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

interface Tried {
  form: RuleForm;
  scope: string;
  subject: string;
}

function scopeOf({ scope, subject }: Tried) {
  return { scope, subject };
}

const NOTE = "Nothing is changed by trying: your orders are decided once more on paper.";
