/** What a form was opened on, as it came back with the form; nothing where that couldn't be read. */
export type Opened<Draft> = Partial<Record<keyof Draft, unknown>>;

/**
 * Which of these fields became something else while the form stood open and would be taken back by
 * saving it. What the form says of one as well is no contradiction.
 */
export function changedFields<Draft extends object>(
  fields: readonly (keyof Draft)[],
  { opened, now, draft }: { opened: Opened<Draft>; now: Draft; draft: Draft },
): (keyof Draft)[] {
  return fields.filter(
    (field) => !isSame(opened[field], now[field]) && !isSame(draft[field], now[field]),
  );
}

/** What such a form is answered; `change` is a sentence on what is other than when it was opened. */
export function unsavedSentence(change: string): string {
  return `Nothing was saved. ${change} Save again to replace that by what stands here.`;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
