import { Form, useFetcher, useNavigation } from "@remix-run/react";
import { Banner, Button, FormLayout, Select, SkeletonBodyText } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { ProgramChoice } from "#app/core/program/choose-program.ts";
import type { Program } from "#app/core/program/program.ts";
import { EventTypeField } from "./event-type-field.tsx";
import type { FormProblem } from "./impact-answer.ts";

/** The answer of /app/impact/choice. */
export type ChoiceAnswer = { choice: ProgramChoice } | { problem: string };

interface Props {
  chosen: Program | null;
  problem: FormProblem | null;
}

/** Programs and event types are asked of impact.com while the form stands open. */
export function ProgramForm({ chosen, problem }: Props) {
  const { load, data, state } = useFetcher<ChoiceAnswer>();
  const [programId, setProgramId] = useState(chosen?.programId ?? "");
  useEffect(() => {
    load(`/app/impact/choice?${new URLSearchParams({ program: programId })}`);
  }, [load, programId]);

  if (!data) return <SkeletonBodyText lines={4} />;
  if ("problem" in data) {
    const again = { content: "Try again", onAction: () => load("/app/impact/choice") };
    return (
      <Banner tone="critical" action={again}>
        <p>{data.problem}</p>
      </Banner>
    );
  }
  const { choice } = data;
  const only = choice.programs.length === 1 ? choice.programs[0] : undefined;
  const selected = programId || (only?.programId ?? "");
  return (
    <Form method="post" action="/app/impact">
      <input type="hidden" name="intent" value="choose-program" />
      <FormLayout>
        {problem && !problem.field && (
          <Banner tone="critical">
            <p>{problem.message}</p>
          </Banner>
        )}
        <ProgramSelect
          programs={choice.programs}
          value={selected}
          onChange={setProgramId}
          {...(problem?.field === "programId" && { error: problem.message })}
        />
        {selected && (
          <EventTypeField
            key={selected}
            choice={choice}
            isLoading={state !== "idle"}
            initial={chosen?.programId === selected ? chosen.eventTypeId : ""}
            {...(problem?.field === "eventTypeId" && { error: problem.message })}
          />
        )}
        <SaveProgramButton />
      </FormLayout>
    </Form>
  );
}

interface SelectProps {
  programs: ProgramChoice["programs"];
  value: string;
  onChange: (programId: string) => void;
  error?: string;
}

function ProgramSelect({ programs, ...field }: SelectProps) {
  const options = programs.map(({ programId, name, promoCodeTracking }) => ({
    value: programId,
    label: promoCodeTracking ? `${name} (${programId})` : `${name}: promo code tracking is off`,
  }));
  return (
    <Select
      label="Program"
      name="programId"
      placeholder="Choose a program"
      options={options}
      helpText="Promo code tracking must be on in the program's settings at impact.com."
      {...field}
    />
  );
}

function SaveProgramButton() {
  const { state, formData } = useNavigation();
  const isSaving = state !== "idle" && formData?.get("intent") === "choose-program";
  return (
    <Button submit variant="primary" loading={isSaving}>
      Use this program
    </Button>
  );
}
