import { Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { ProgramChoice } from "#app/core/program/choose-program.ts";

interface Props {
  choice: Pick<ProgramChoice, "eventTypes" | "eventTypesProblem">;
  isLoading: boolean;
  initial: string;
  error?: string;
}

/** Chosen from the list; typed where impact.com names none. */
export function EventTypeField({ choice, isLoading, initial, error }: Props) {
  const { eventTypes, eventTypesProblem } = choice;
  const [typed, setTyped] = useState<string | null>(null);
  const [only] = eventTypes.length === 1 ? eventTypes : [];
  const value = typed ?? (initial || (only?.eventTypeId ?? ""));
  const field = {
    label: "Event type",
    name: "eventTypeId",
    value,
    onChange: setTyped,
    ...(error && { error }),
  };
  if (isLoading) {
    const options = [{ value: "", label: "Reading event types from impact.com…" }];
    return <Select {...field} value="" options={options} disabled helpText={WHAT_IT_IS} />;
  }
  if (eventTypes.length > 0) {
    const options = eventTypes.map(({ eventTypeId, name }) => ({
      value: eventTypeId,
      label: `${name} (${eventTypeId})`,
    }));
    return (
      <Select
        {...field}
        options={options}
        placeholder="Choose an event type"
        helpText={WHAT_IT_IS}
      />
    );
  }
  const why = eventTypesProblem ?? "impact.com doesn't list this program's event types.";
  return (
    <TextField
      {...field}
      label="Event type number"
      inputMode="numeric"
      autoComplete="off"
      helpText={`${why} Enter the number that stands in parentheses under Settings → Event Types at impact.com.`}
    />
  );
}

const WHAT_IT_IS = "What orders are reported as, usually the sale of your online store.";
