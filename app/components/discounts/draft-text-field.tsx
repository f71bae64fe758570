import { TextField, type TextFieldProps } from "@shopify/polaris";
import type { ChangeTerms, DraftTerms } from "./draft-terms.ts";
import type { FieldErrors } from "./use-field-errors.ts";

export interface DraftFields {
  terms: DraftTerms;
  change: ChangeTerms;
  errors: FieldErrors;
}

type Name =
  | "title"
  | "value"
  | "mostShipping"
  | "cycles"
  | "startsOn"
  | "endsOn"
  | "usageLimit"
  | "minimum"
  | "tags";

type Props = DraftFields & { name: Name; label: string } & Pick<
    TextFieldProps,
    "type" | "inputMode" | "prefix" | "suffix" | "helpText" | "disabled"
  >;

/** A field of the draft that is typed, with what saving found wrong with it. */
export function DraftTextField({ terms, change, errors, name, ...field }: Props) {
  return (
    <TextField
      {...field}
      name={name}
      value={terms[name]}
      onChange={(value) => change({ [name]: value })}
      autoComplete="off"
      {...errors(name)}
    />
  );
}
