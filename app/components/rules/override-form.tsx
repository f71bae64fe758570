import { useNavigation } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import type { MeetingForm, RuleProblem } from "#app/core/attribution/read-rule.ts";
import type { OverrideSubject } from "#app/core/attribution/save-rule.ts";
import { RefusedBanner } from "../refused-banner.tsx";
import { AskFirstForm } from "./ask-first-form.tsx";
import { MeetingFields } from "./meeting-fields.tsx";
import { openedOf } from "./opened-of.ts";
import type { RefusedForm } from "./refused-form.ts";
import { overrideSentence, SCOPES } from "./rule-words.ts";
import type { RuleView } from "./rule-view.server.ts";
import { SubjectField } from "./subject-field.tsx";
import { meetingWithDefaults } from "./with-defaults.ts";

interface Props {
  view: Pick<RuleView, "discounts" | "partners" | "opened" | "overrides">;
  problems: RuleProblem[];
  refusal: RefusedForm<OverrideSubject & MeetingForm> | null;
}

const FIRST: MeetingForm = {
  meeting: "code-wins",
  days: "7",
  codePercent: "50",
  clickPercent: "50",
};

/** A rule for one code, partner or discount, above the shop's. */
export function OverrideForm({ view, problems, refusal }: Props) {
  const sent = refusal?.sent;
  const [scope, setScope] = useState<string>(sent?.scope ?? "code");
  const [subject, setSubject] = useState(sent?.subject ?? "");
  const [form, setForm] = useState(sent ? meetingWithDefaults(sent, FIRST) : FIRST);
  const isSent = sent?.scope === scope && sent.subject === subject;
  const opened = refusal && isSent ? refusal.opened : openedOf({ scope, subject }, view);
  const isSaving = useNavigation().formMethod === "POST";
  const problemOf = (field: RuleProblem["field"]) =>
    problems.find((problem) => problem.field === field)?.message;
  const choose = (value: string) => {
    setScope(value);
    setSubject("");
  };
  return (
    <AskFirstForm
      title="Add this rule?"
      sentence={overrideSentence(scope, form)}
      verb="Add the rule"
    >
      <input type="hidden" name="intent" value="override" />
      <input type="hidden" name="opened" value={opened} />
      <Card>
        <BlockStack gap="300">
          {refusal?.message && <RefusedBanner refusal={refusal}>{refusal.message}</RefusedBanner>}
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
            isBrief
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
