import { useSearchParams } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { Program } from "#app/core/program/program.ts";
import { Facts } from "../facts.tsx";
import type { FormProblem } from "./impact-answer.ts";
import { ProgramForm } from "./program-form.tsx";

interface Props {
  program: Program | null;
  problem: FormProblem | null;
}

/** The program orders are reported to: shown, or chosen. */
export function ProgramCard({ program, problem }: Props) {
  const [query] = useSearchParams();
  // Saving leads away from ?change; a refusal keeps the form.
  const isChanging = query.has("change") || problem !== null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Program
          </Text>
          {program && (
            <Button variant="plain" url={isChanging ? "/app/impact" : "/app/impact?change"}>
              {isChanging ? "Cancel" : "Change"}
            </Button>
          )}
        </InlineStack>
        {program && !isChanging ? (
          <Facts
            facts={[
              { term: "Program", value: `${program.name} (${program.programId})` },
              { term: "Event type", value: eventTypeText(program) },
            ]}
          />
        ) : (
          <ProgramForm problem={problem} chosen={program} />
        )}
      </BlockStack>
    </Card>
  );
}

function eventTypeText({ eventTypeId, eventTypeName }: Program): string {
  return eventTypeName ? `${eventTypeName} (${eventTypeId})` : eventTypeId;
}
