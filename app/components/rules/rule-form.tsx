import { Form, useNavigation } from "@remix-run/react";
import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box, Card, ChoiceList, PageActions, Text } from "@shopify/polaris";
import { useRef, useState } from "react";
import type { RuleForm as Chosen, RuleProblem } from "#app/core/attribution/read-rule.ts";
import { DiscountOrder } from "./discount-order.tsx";
import { MeetingFields } from "./meeting-fields.tsx";
import { ALONE_CHOICES, POLICIES, SEVERAL_CHOICES } from "./rule-words.ts";
import type { RuleView } from "./rule-view.server.ts";

interface Props {
  view: Pick<RuleView, "chosen" | "since" | "discounts">;
  problems: RuleProblem[];
}

/** The shop's own rule, with what each choice means at impact.com. */
export function RuleForm({ view, problems }: Props) {
  const [form, setForm] = useState<Chosen>(view.chosen);
  const change = (some: Partial<Chosen>) => setForm({ ...form, ...some });
  const problemOf = (field: RuleProblem["field"]) =>
    problems.find((problem) => problem.field === field)?.message;
  const isDirty = JSON.stringify(form) !== JSON.stringify(view.chosen);
  const fields = { form, change, problemOf };
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="rule" />
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Clicks and codes
            </Text>
            <Text as="p" tone="subdued">
              {view.since}
            </Text>
            <MeetingFields {...fields} />
            <ChoiceList
              name="clickAlone"
              title="What becomes of a click without any partner's code?"
              choices={ALONE_CHOICES}
              selected={[form.clickAlone]}
              onChange={([clickAlone = ""]) => change({ clickAlone })}
              error={problemOf("clickAlone") ?? ""}
            />
          </BlockStack>
        </Card>
        <Card>
          <SeveralFields {...fields} discounts={view.discounts} />
        </Card>
        <PolicyCard />
      </BlockStack>
      <SaveRule isDirty={isDirty} />
    </Form>
  );
}

interface FieldProps {
  form: Chosen;
  change: (some: Partial<Chosen>) => void;
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

/** Money changes hands by it, so it is asked once more. */
function SaveRule({ isDirty }: { isDirty: boolean }) {
  const [isAsking, setIsAsking] = useState(false);
  const isSaving = useNavigation().formMethod === "POST";
  const inForm = useRef<HTMLSpanElement>(null);
  const save = () => {
    setIsAsking(false);
    inForm.current?.closest("form")?.requestSubmit();
  };
  return (
    <span ref={inForm}>
      <PageActions
        primaryAction={{
          content: "Save rule",
          onAction: () => setIsAsking(true),
          loading: isSaving,
          disabled: !isDirty,
        }}
      />
      <Modal open={isAsking} onHide={() => setIsAsking(false)}>
        <Box padding="400">
          <p>
            The new rule decides every order placed from now on. Orders placed before keep the rule
            of their time, even those that have not come in yet.
          </p>
        </Box>
        <TitleBar title="Change who earns from now on?">
          <button variant="primary" onClick={save}>
            Change the rule
          </button>
          <button onClick={() => setIsAsking(false)}>Not now</button>
        </TitleBar>
      </Modal>
    </span>
  );
}
