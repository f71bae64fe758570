import { Banner, BlockStack, Card, ChoiceList, Text, TextField } from "@shopify/polaris";
import type { RuleForm, RuleProblem } from "#app/core/attribution/read-rule.ts";
import { choiceGivesClicks } from "#app/core/attribution/rule.ts";
import { DiscountOrder } from "./discount-order.tsx";
import { MeetingFields } from "./meeting-fields.tsx";
import { ALONE_CHOICES, SEVERAL_CHOICES } from "./rule-words.ts";
import type { RuleView } from "./rule-view.server.ts";

interface Props {
  form: RuleForm;
  change: (form: RuleForm) => void;
  problems: readonly RuleProblem[];
  discounts: RuleView["discounts"];
  /** Since when it is in force, or another word on it. */
  note: string;
  /** Whose clicks impact.com doesn't track; null: nobody's. */
  silenced: string | null;
}

/** All that a shop's rule says, with what each choice means at impact.com. */
export function RuleFields({ form, change: changeAll, note, silenced, ...given }: Props) {
  const { problems, discounts } = given;
  const change = (some: Partial<RuleForm>) => changeAll({ ...form, ...some });
  const problemOf = (field: RuleProblem["field"]) =>
    problems.find((problem) => problem.field === field)?.message;
  const fields = { form, change, problemOf };
  return (
    <>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Clicks and codes
          </Text>
          <Text as="p" tone="subdued">
            {note}
          </Text>
          <MeetingFields {...fields} />
          {silenced && choiceGivesClicks(form) && (
            <Banner tone="warning">
              <p>{silenced}</p>
            </Banner>
          )}
          <ChoiceList
            name="clickAlone"
            title="What becomes of a click without any partner's code?"
            choices={ALONE_CHOICES}
            selected={[form.clickAlone]}
            onChange={([clickAlone = ""]) => change({ clickAlone })}
            error={problemOf("clickAlone") ?? ""}
          />
          <TextField
            name="clickDays"
            label="Days for which a click counts"
            helpText="As in your contracts at impact.com (“referral window”): it pays nobody by an older click, so here that counts for nothing."
            value={form.clickDays ?? ""}
            onChange={(clickDays) => change({ clickDays })}
            inputMode="numeric"
            autoComplete="off"
            error={problemOf("clickDays") ?? false}
          />
        </BlockStack>
      </Card>
      <Card>
        <SeveralFields {...fields} discounts={discounts} />
      </Card>
    </>
  );
}

interface FieldProps {
  form: RuleForm;
  change: (some: Partial<RuleForm>) => void;
  problemOf: (field: RuleProblem["field"]) => string | undefined;
  discounts: RuleView["discounts"];
}

function SeveralFields({ form, change, problemOf, discounts }: FieldProps) {
  const order = (isSelected: boolean) =>
    isSelected && (
      <DiscountOrder
        discounts={discounts}
        chosen={form.discounts}
        change={(chosen) => change({ discounts: chosen })}
        error={problemOf("discounts")}
      />
    );
  return (
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        Several partners' codes
      </Text>
      <ChoiceList
        name="several"
        title="Which of several partners' codes on one order counts?"
        choices={SEVERAL_CHOICES.map((choice) =>
          choice.value === "highest-priority" ? { ...choice, renderChildren: order } : choice,
        )}
        selected={[form.several]}
        onChange={([several = ""]) => change({ several })}
        error={problemOf("several") ?? ""}
      />
    </BlockStack>
  );
}
