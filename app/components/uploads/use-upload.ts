import { useNavigate } from "@remix-run/react";
import { useState } from "react";
import type { CheckedUpload } from "#app/core/uploads/check-upload.ts";
import type { MappingByHand } from "#app/core/uploads/recognise-columns.ts";
import { uploadQuery } from "./upload-query.ts";
import { TOO_LARGE, UPLOAD_SIZE_LIMIT } from "./upload-size-limit.ts";

export type UploadAnswer = CheckedUpload | { kind: "refused"; message: string };
export type AskedColumns = Extract<UploadAnswer, { kind: "ask" }>;

export interface Uploading {
  file: File | null;
  isSending: boolean;
  problem: string | null;
  /** The columns that the merchant has to map by hand. */
  asked: AskedColumns | null;
  choose: (file: File) => void;
  /** Sends the chosen file again, with its columns mapped. */
  map: (byHand: MappingByHand) => void;
}

/**
 * Sends a file as it is to that address, and goes on to what was found in it. The browser keeps the file until its
 * columns are known: the server has kept nothing of one that it asks about.
 */
export function useUpload(
  checkUrl: string,
  openChecked: (checked: { uploadId: string }) => string,
): Uploading {
  const [file, setFile] = useState<File | null>(null);
  const [isSending, setSending] = useState(false);
  const [answer, setAnswer] = useState<UploadAnswer | null>(null);
  const navigate = useNavigate();
  const start = async (chosen: File, byHand: MappingByHand | null) => {
    setSending(true);
    const said = await send(checkUrl, chosen, byHand).catch(() => BROKEN_OFF);
    if (said.kind === "checked") {
      setSending(false);
      return navigate(openChecked(said));
    }
    setAnswer(said);
    setSending(false);
  };
  return {
    file,
    isSending,
    problem: answer?.kind === "refused" ? answer.message : null,
    asked: answer?.kind === "ask" ? answer : null,
    choose: (chosen) => {
      setFile(chosen);
      setAnswer(null);
      void start(chosen, null);
    },
    map: (byHand) => file && void start(file, byHand),
  };
}

/** A form would carry no session token: App Bridge adds it to `fetch` alone. */
async function send(
  checkUrl: string,
  file: File,
  byHand: MappingByHand | null,
): Promise<UploadAnswer> {
  if (file.size > UPLOAD_SIZE_LIMIT) return { kind: "refused", message: TOO_LARGE };
  const query = uploadQuery(file.name, byHand);
  const answer = await fetch(`${checkUrl}?${query}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: file,
  });
  if (!answer.ok) return BROKEN_OFF;
  return (await answer.json()) as UploadAnswer;
}

const BROKEN_OFF: UploadAnswer = {
  kind: "refused",
  message:
    "The file could not be sent, or was changed meanwhile. Choose it again; nothing was made.",
};
