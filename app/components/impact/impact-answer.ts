import type { ProgramField } from "#app/core/program/choose-program.ts";
import type { ImpactForm } from "./read-impact-form.ts";

/** What became of a form of the impact.com page. */
export type ImpactAnswer =
  | { intent: ImpactForm["intent"]; done: string }
  | { intent: ImpactForm["intent"]; problem: FormProblem };

export interface FormProblem {
  kind: string;
  message: string;
  field?: ProgramField;
}

/** The problem one form has to show, if its last try failed. */
export function problemOf(
  answer: ImpactAnswer | undefined,
  intent: ImpactForm["intent"],
): FormProblem | null {
  return answer && "problem" in answer && answer.intent === intent ? answer.problem : null;
}
