import { useSubmit } from "@remix-run/react";
import { BlockStack, Card, ChoiceList, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { ChangeKind } from "#app/core/changes/change.ts";
import type { ChangeField } from "#app/core/changes/start-change.ts";
import { PartnerPicker, type PickablePartner } from "../discounts/partner-picker.tsx";
import { namesApart } from "../names-apart.ts";
import { choiceFields, type ChangeChoice } from "./change-query.ts";

interface Props {
  choice: ChangeChoice;
  /** The selection, as the fields of an address. */
  selection: [name: string, value: string][];
  partners: PickablePartner[];
  today: string;
  errorOf: (field: ChangeField) => string | null;
}

const CHOICES: { value: ChangeKind; label: string; helpText: string }[] = [
  { value: "retire", label: "Retire", helpText: "Nobody can use them any more." },
  {
    value: "rotate",
    label: "Rotate",
    helpText: "A new code takes the place of each, for the same partner.",
  },
  { value: "reassign", label: "Reassign", helpText: "They earn another partner from a moment on." },
  {
    value: "register-anew",
    label: "Register anew",
    helpText: "Codes that earn only with a click of their partner's earn without one from then on.",
  },
];

/** What is to be done with the selected codes; whatever is changed is asked anew what it would do. */
export function ChangeForm({ selection, partners, today, errorOf, ...props }: Props) {
  const [choice, setChoice] = useState(props.choice);
  const submit = useSubmit();
  const ask = (some: Partial<ChangeChoice>) => {
    const next = { ...choice, ...some };
    setChoice(next);
    const fields = new URLSearchParams([...selection, ...choiceFields(next)]);
    submit(fields, { method: "get", replace: true });
  };
  const type = (some: Partial<ChangeChoice>) => setChoice({ ...choice, ...some });
  const fields = { choice, ask, type, errorOf };
  return (
    <Card>
      <BlockStack gap="400">
        <ChoiceList
          title="What happens to the codes?"
          choices={CHOICES}
          selected={[choice.kind]}
          onChange={([kind]) => ask({ kind: kind as ChangeKind })}
        />
        {choice.kind === "rotate" && <RotateFields {...fields} />}
        {choice.kind === "reassign" && <ReassignFields {...fields} {...{ partners, today }} />}
      </BlockStack>
    </Card>
  );
}

interface FieldProps {
  choice: ChangeChoice;
  /** A choice is asked about at once, a text when it is left. */
  ask: (some: Partial<ChangeChoice>) => void;
  type: (some: Partial<ChangeChoice>) => void;
  errorOf: (field: ChangeField) => string | null;
}

function RotateFields({ choice, ask, type, errorOf }: FieldProps) {
  return (
    <>
      <TextField
        label="Pattern of the new codes"
        value={choice.pattern}
        onChange={(pattern) => type({ pattern })}
        onBlur={() => ask({})}
        autoComplete="off"
        spellCheck={false}
        helpText="Letters and digits stand as they are; {FIRST}, {LAST}, {ID}, {VALUE} and {RANDOM:6} are filled in for each code."
        error={errorOf("pattern") ?? false}
      />
      <TextField
        label="Days for which the old codes go on working"
        value={choice.graceDays}
        onChange={(graceDays) => type({ graceDays })}
        onBlur={() => ask({})}
        inputMode="numeric"
        autoComplete="off"
        helpText="0 takes each old code away as soon as its new one is live."
        error={errorOf("graceDays") ?? false}
      />
    </>
  );
}

function ReassignFields(props: FieldProps & Pick<Props, "partners" | "today">) {
  const { choice, ask, errorOf, partners, today } = props;
  const chosen = partners.find(({ partnerId }) => partnerId === choice.to);
  const error = errorOf("partner");
  return (
    <>
      <PartnerPicker
        partners={partners}
        chosen={new Set(chosen ? [chosen.partnerId] : [])}
        onToggle={({ partnerId }) => ask({ to: partnerId })}
        {...(error && { error })}
      />
      <Text as="p">
        {chosen
          ? `New partner: ${namesApart(partners).get(chosen.partnerId)}`
          : "No partner chosen yet."}
      </Text>
      <TextField
        label="From"
        type="date"
        value={choice.on}
        min={today}
        onChange={(on) => ask({ on })}
        autoComplete="off"
        helpText="The day begins in the shop's time zone. Left empty, they change hands at once."
      />
    </>
  );
}
