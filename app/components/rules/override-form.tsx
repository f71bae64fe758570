import { useNavigation } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { MeetingForm, RuleProblem } from "#app/core/attribution/read-rule.ts";
import { PartnerPicker } from "../discounts/partner-picker.tsx";
import { namesApart } from "../names-apart.ts";
import { AskFirstForm } from "./ask-first-form.tsx";
import { MeetingFields } from "./meeting-fields.tsx";
import { MEETING_CHOICES } from "./rule-words.ts";
import type { RuleView } from "./rule-view.server.ts";

interface Props {
  view: Pick<RuleView, "discounts" | "partners">;
  problems: RuleProblem[];
}

const FIRST: MeetingForm = {
  meeting: "code-wins",
  days: "7",
  codePercent: "50",
  clickPercent: "50",
};

const SCOPES = [
  { value: "code", label: "A code" },
  { value: "partner", label: "A partner" },
  { value: "discount", label: "A discount" },
];

/** A rule for one code, partner or discount, above the shop's. */
export function OverrideForm({ view, problems }: Props) {
  const [scope, setScope] = useState("code");
  const [subject, setSubject] = useState("");
  const [form, setForm] = useState(FIRST);
  const isSaving = useNavigation().formMethod === "POST";
  const problemOf = (field: RuleProblem["field"]) =>
    problems.find((problem) => problem.field === field)?.message;
  const choose = (value: string) => {
    setScope(value);
    setSubject("");
  };
  const label = MEETING_CHOICES.find(({ value }) => value === form.meeting)?.label ?? "";
  return (
    <AskFirstForm
      title="Add this rule?"
      sentence={`For this ${scope}, where a click meets a code: ${label}.`}
      verb="Add the rule"
    >
      <input type="hidden" name="intent" value="override" />
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Add a rule
          </Text>
          <Select label="For" name="scope" options={SCOPES} value={scope} onChange={choose} />
          <SubjectField
            {...{ view, scope, subject, setSubject }}
            error={problemOf("subject") ?? ""}
          />
          <MeetingFields
            form={form}
            change={(some) => setForm({ ...form, ...some })}
            problemOf={problemOf}
          />
          <InlineStack>
            <Button submit loading={isSaving} disabled={subject === ""}>
              Add rule
            </Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </AskFirstForm>
  );
}

interface SubjectProps {
  view: Props["view"];
  scope: string;
  subject: string;
  setSubject: (subject: string) => void;
  error: string;
}

function SubjectField({ view, scope, subject, setSubject, error }: SubjectProps) {
  if (scope === "code") {
    return (
      <TextField
        label="Code"
        name="subject"
        value={subject}
        onChange={setSubject}
        autoComplete="off"
        error={error || false}
      />
    );
  }
  if (scope === "discount") {
    return (
      <Select
        label="Discount"
        name="subject"
        options={[{ value: "", label: "Choose a discount" }, ...view.discounts]}
        value={subject}
        onChange={setSubject}
        error={error || false}
      />
    );
  }
  const chosen = namesApart(view.partners).get(subject);
  return (
    <>
      <input type="hidden" name="subject" value={subject} />
      <PartnerPicker
        partners={view.partners}
        chosen={new Set(subject ? [subject] : [])}
        onToggle={({ partnerId }) => setSubject(partnerId)}
        {...(error && { error })}
      />
      <Text as="p">{chosen ? `Partner: ${chosen}` : "No partner chosen yet."}</Text>
    </>
  );
}
