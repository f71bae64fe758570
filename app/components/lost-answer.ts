import { useSyncExternalStore } from "react";

let sentence: string | null = null;
const listeners = new Set<() => void>();

/** Tells the page that a form of it got no answer; null takes that back. */
export function tellLostAnswer(next: string | null): void {
  sentence = next;
  for (const listener of listeners) listener();
}

/** What there is to say of the form that was sent last; null where it was answered. */
export function useLostAnswer(): string | null {
  return useSyncExternalStore(
    subscribe,
    () => sentence,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
