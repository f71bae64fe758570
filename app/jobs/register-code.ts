import { z } from "zod";
import { registerCode } from "#app/core/codes/register-code.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const registerCodeJob = defineJob({
  name: "register-code",
  concurrency: 2,
  payload: z.object({ shop: shopDomain, codeId: rowId }),
  run: registerCode,
});
