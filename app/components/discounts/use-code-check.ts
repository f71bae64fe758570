import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import type { CodeCheck } from "#app/core/codes/check-codes.ts";
import { parseCode } from "#app/core/codes/code-text.ts";

export type CodeVerdict =
  | { kind: "checking" }
  /** With a reason to choose another, where it is easily guessed. */
  | { kind: "available"; warning: string | null }
  | { kind: "problem"; message: string };

const PAUSE_MS = 400;

/** What is known of a code as it stands in its field: its text at once, the rest from the server. */
export function useCodeCheck(partnerId: string, text: string): CodeVerdict {
  const { load, data } = useFetcher<CodeCheck | null>({ key: `code-${partnerId}` });
  const parsed = parseCode(text);
  const code = parsed.ok ? parsed.value : null;
  useEffect(() => {
    if (code === null) return;
    const query = new URLSearchParams({ partnerId, code });
    const timer = setTimeout(() => load(`/app/codes/check?${query}`), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [load, partnerId, code]);

  if (!parsed.ok) return { kind: "problem", message: parsed.problem.message };
  if (data?.code !== code) return { kind: "checking" };
  if (data.problem !== null) return { kind: "problem", message: data.problem };
  return { kind: "available", warning: data.warning };
}
