import type { ChangeKind } from "#app/core/changes/change.ts";
import type { CodeSelection } from "#app/core/codes/code-selection.ts";
import { selectionFields } from "../codes/code-query.ts";
import { CHANGE_WORDS } from "./change-words.ts";

/** What is to be done with the selected codes, as an address or a form tells. */
export interface ChangeChoice {
  kind: ChangeKind;
  /** Who gets them: "" is nobody yet. */
  to: string;
  pattern: string;
  graceDays: string;
  /** yyyy-mm-dd in the shop's time zone; "" is at once. */
  on: string;
}

/** Names that no filter of codes has. */
export function choiceIn(fields: URLSearchParams | FormData): ChangeChoice {
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === "string" ? value.trim().slice(0, 1_000) : "";
  };
  const action = text("action");
  return {
    kind: Object.hasOwn(CHANGE_WORDS, action) ? (action as ChangeKind) : "retire",
    to: text("to"),
    pattern: text("pattern"),
    graceDays: text("grace") || "0",
    on: text("on"),
  };
}

/** `choiceIn` reads them back. */
export function choiceFields({ kind, to, pattern, graceDays, on }: ChangeChoice): URLSearchParams {
  return new URLSearchParams({
    action: kind,
    ...(kind === "reassign" && { ...(to && { to }), ...(on && { on }) }),
    ...(kind === "rotate" && { pattern, grace: graceDays }),
  });
}

/** Where it is shown what a change would do to these codes. */
export function changeUrl(kind: ChangeKind, selection: CodeSelection): string {
  const fields = new URLSearchParams([...selectionFields(selection), ["action", kind]]);
  return `/app/codes/change?${fields}`;
}
