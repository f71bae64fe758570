import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { scopeFields, scopeIn, scopeText } from "#app/components/hand-outs/hand-out-query.ts";
import { LandingForm } from "#app/components/hand-outs/landing-form.tsx";
import { ReadyCard } from "#app/components/hand-outs/ready-card.tsx";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, host } = await authenticateShop(request);
  const scope = scopeIn(new URL(request.url).searchParams);
  const overview = await services.readHandOutOverview({ shop, scope });
  return json({
    ...{ ...overview, host },
    which: scopeText(scope),
    scope: scopeFields(scope).toString(),
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const typed = (await request.formData()).get("landingPath");
  if (typeof typed !== "string") throw new Response("No such form", { status: 400 });
  const saved = await services.saveLandingPath({ shop, typed });
  return saved.ok
    ? json({ done: "Landing page saved" })
    : json({ problem: saved.problem.message }, { status: 422 });
}

export default function HandOuts() {
  const { which, scope, ready, keptBack, host, landingPath } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  useSuccessToast(answer);
  return (
    <Page
      title="Hand out codes"
      subtitle={which}
      backAction={{ content: "Partners", url: "/app/partners" }}
    >
      <BlockStack gap="400">
        <ReadyCard ready={ready} keptBack={keptBack} scope={scope} />
        <LandingForm
          key={landingPath}
          host={host}
          landingPath={landingPath}
          problem={answer && "problem" in answer ? answer.problem : null}
        />
      </BlockStack>
    </Page>
  );
}
