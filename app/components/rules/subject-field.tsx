import { Select, Text, TextField } from "@shopify/polaris";
import { PartnerPicker } from "../discounts/partner-picker.tsx";
import { namesApart } from "../names-apart.ts";
import type { RuleView } from "./rule-view.server.ts";

interface Props {
  view: Pick<RuleView, "discounts" | "partners">;
  scope: string;
  subject: string;
  setSubject: (subject: string) => void;
  error: string;
}

/** The code, partner or discount that a rule is for. */
export function SubjectField({ view, scope, subject, setSubject, error }: Props) {
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
