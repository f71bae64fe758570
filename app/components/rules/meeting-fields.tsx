import { ChoiceList, InlineGrid, TextField } from "@shopify/polaris";
import type { MeetingForm, RuleProblem } from "#app/core/attribution/read-rule.ts";
import { MEETING_CHOICES } from "./rule-words.ts";

export type ProblemOf = (field: RuleProblem["field"]) => string | undefined;

interface Props {
  form: MeetingForm;
  change: (some: Partial<MeetingForm>) => void;
  problemOf: ProblemOf;
  /** What only the chosen one means: where all of it stands on the same page already. */
  isBrief?: boolean;
}

/** Who wins where a click meets a code. */
export function MeetingFields({ form, change, problemOf, isBrief = false }: Props) {
  const field = (name: "days" | "codePercent" | "clickPercent", label: string) => (
    <TextField
      name={name}
      label={label}
      value={form[name]}
      onChange={(value) => change({ [name]: value })}
      inputMode={name === "days" ? "numeric" : "decimal"}
      autoComplete="off"
      error={(name !== "clickPercent" && problemOf(name)) || false}
    />
  );
  const children: Record<string, () => React.ReactNode> = {
    "newer-click-wins": () => field("days", "Days for which a click is new"),
    split: () => (
      <InlineGrid columns={2} gap="300">
        {field("codePercent", "The code's share in %")}
        {field("clickPercent", "The click's share in %")}
      </InlineGrid>
    ),
  };
  return (
    <ChoiceList
      name="meeting"
      title="Who earns where another partner's click meets a code?"
      choices={MEETING_CHOICES.map(({ helpText, ...choice }) => {
        const draw = children[choice.value];
        return {
          ...choice,
          ...((!isBrief || form.meeting === choice.value) && { helpText }),
          ...(draw && { renderChildren: (isSelected: boolean) => isSelected && draw() }),
        };
      })}
      selected={[form.meeting]}
      onChange={([meeting = ""]) => change({ meeting })}
      error={problemOf("meeting") ?? ""}
    />
  );
}
