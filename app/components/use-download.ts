import { useState } from "react";

export interface Download {
  start: (address: string) => void;
  /** The address that is being fetched. */
  loading: string | null;
  problem: string | null;
}

/**
 * Saves a file of the app's own. A plain link would carry no session token: App Bridge adds it to
 * `fetch` alone.
 */
export function useDownload(): Download {
  const [loading, setLoading] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const start = (address: string) => {
    setLoading(address);
    setProblem(null);
    save(address)
      .catch(() => setProblem("The file could not be downloaded. Try again."))
      .finally(() => setLoading(null));
  };
  return { start, loading, problem };
}

async function save(address: string): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const file = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = file;
  link.download =
    /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "";
  link.click();
  URL.revokeObjectURL(file);
}
