import { failure, success, type Problem, type Result } from "../../result.ts";

/** Filters and sorting of the Codes page that a shop keeps under a name of its own. */
export interface CodeView {
  id: string;
  name: string;
  /** As the page's address says them. */
  query: string;
}

export type ViewProblem = Problem<"view-name" | "view-gone" | "too-many-views">;

/** They stand side by side on one page. */
export const MOST_VIEWS = 30;
export const LONGEST_VIEW_NAME = 40;

/** A name as typed → the name as kept, or a sentence for beside the field. */
export function parseViewName(text: string): Result<string, ViewProblem> {
  const name = text.trim().replaceAll(/\s+/g, " ");
  if (name === "") return failure(nameProblem("Give the view a name."));
  if (name.length > LONGEST_VIEW_NAME) {
    return failure(nameProblem(`Use at most ${LONGEST_VIEW_NAME} characters.`));
  }
  return success(name);
}

export function nameIsTaken(name: string): ViewProblem {
  return nameProblem(`There is a view “${name}” already. Choose another name.`);
}

function nameProblem(message: string): ViewProblem {
  return { kind: "view-name", retry: "never", message };
}
