import { useSubmit } from "@remix-run/react";
import { BlockStack, Button, Card, ChoiceList, InlineStack, TextField } from "@shopify/polaris";
import { useState } from "react";
import { FIRST_PATTERN } from "./adopt-query.ts";
import { PartnerFile } from "./partner-file.tsx";
import type { AdoptionView } from "./adoption-view.server.ts";

interface Props {
  view: AdoptionView;
  isBusy: boolean;
  problem: string | null;
}

const CHOICES = [
  {
    value: "impact",
    label: "By impact.com",
    helpText: "Codes that are registered there belong to the partner they are registered to.",
  },
  {
    value: "pattern",
    label: "By a name or id in the code",
    helpText: "A pattern says where the partner stands in it.",
  },
  {
    value: "file",
    label: "By a file",
    helpText: "Each row names a code and its partner.",
  },
  {
    value: "nobody",
    label: "Later",
    helpText: "The codes are managed, and nobody's until you assign them.",
  },
];

/** How partners are found for the codes; whatever is chosen is looked at before anything is adopted. */
export function PartnersByCard({ view, isBusy, problem }: Props) {
  const [by, setBy] = useState<string>(view.by);
  const [pattern, setPattern] = useState(view.pattern ?? FIRST_PATTERN);
  const submit = useSubmit();
  const isSame = by === view.by && (by !== "pattern" || pattern === view.pattern);
  return (
    <Card>
      <BlockStack gap="400">
        <ChoiceList
          title="Whose are they?"
          choices={CHOICES}
          selected={[by]}
          onChange={([chosen = "nobody"]) => setBy(chosen)}
        />
        {by === "pattern" && (
          <TextField
            label="Pattern"
            value={pattern}
            onChange={setPattern}
            autoComplete="off"
            {...(problem && { error: problem })}
            helpText="{PARTNER} is a first, last or whole name, or the id at impact.com. {FIRST}, {LAST}, {NAME} and {ID} are just that. * is anything: TEA-{PARTNER}-*"
          />
        )}
        {by === "file" && <PartnerFile adoptionId={view.id} />}
        {by !== "file" && (
          <InlineStack>
            <Button
              loading={isBusy}
              disabled={isSame && problem === null}
              onClick={() => submit({ intent: "choose", by, pattern }, { method: "post" })}
            >
              Find partners
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}
