import { z } from "zod";

/** The fields that a form was opened on; nothing where that can't be read, which contradicts all. */
export function readOpened(form: FormData): Record<string, unknown> {
  const sent = form.get("opened");
  const read = jsonObject.safeParse(typeof sent === "string" ? sent : "");
  return read.success ? read.data : {};
}

const jsonObject = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "not JSON" });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.unknown()));
