import { json, type LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import type { ChoiceAnswer } from "#app/components/impact/program-form.tsx";
import { loadOr } from "#app/components/keep-form.ts";
import { services } from "#app/services.server.ts";

/** For the program form: what the connected account has to choose from. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const programId = new URL(request.url).searchParams.get("program") || null;
  const choice = await services.listProgramChoice({ shop, programId });
  return json<ChoiceAnswer>(
    choice.ok ? { choice: choice.value } : { problem: choice.problem.message },
  );
}

/** A lost connection must not take the page away. */
export function clientLoader(args: ClientLoaderFunctionArgs) {
  const problem = "The connection was lost before impact.com's programs were read.";
  return loadOr<ChoiceAnswer>(args, { problem });
}

// The page's own actions change nothing here, and every reading costs two requests of the hour's limit.
export const shouldRevalidate = () => false;
