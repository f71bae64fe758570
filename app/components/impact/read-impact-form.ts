import { z } from "zod";

const text = z.string().max(1_000).catch("");

const impactForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("connect"), accountSid: text, authToken: text }),
  z.object({ intent: z.literal("disconnect") }),
  z.object({ intent: z.literal("choose-program"), programId: text, eventTypeId: text }),
  z.object({ intent: z.literal("sync-partners") }),
]);

export type ImpactForm = z.infer<typeof impactForm>;

/** The impact.com page's forms; null for one it hasn't. */
export function readImpactForm(form: FormData): ImpactForm | null {
  return impactForm.safeParse(Object.fromEntries(form)).data ?? null;
}
