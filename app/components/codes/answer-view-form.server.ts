import type { ShopDomain } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";
import { codeQueryIn, fieldsOf } from "./code-query.ts";

/** Saves, renames or deletes a view; null where the form asks for nothing of that. */
export async function answerViewForm(
  shop: ShopDomain,
  form: FormData,
): Promise<{ done: string } | { problem: string } | null> {
  const field = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const [intent, name, viewId] = [field("intent"), field("name"), field("view")];
  if (intent === "save-view") {
    const query = fieldsOf(codeQueryIn(new URLSearchParams(field("query")))).toString();
    const saved = await services.saveView({ shop, name, query });
    return saved.ok ? { done: `${saved.value} saved` } : { problem: saved.problem.message };
  }
  if (intent === "rename-view") {
    const renamed = await services.renameView({ shop, viewId, name });
    return renamed.ok ? { done: "View renamed" } : { problem: renamed.problem.message };
  }
  if (intent !== "remove-view") return null;
  await services.removeView({ shop, viewId });
  return { done: "View deleted" };
}
