import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { AccountCard } from "#app/components/impact/account-card.tsx";
import { ConnectForm } from "#app/components/impact/connect-form.tsx";
import { connectionView } from "#app/components/impact/connection-view.server.ts";
import { problemOf, type ImpactAnswer } from "#app/components/impact/impact-answer.ts";
import { PartnerSyncCard } from "#app/components/impact/partner-sync-card.tsx";
import { ProgramCard } from "#app/components/impact/program-card.tsx";
import { readImpactForm, type ImpactForm } from "#app/components/impact/read-impact-form.ts";
import { usePolling } from "#app/components/use-polling.ts";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { ProgramField } from "#app/core/program/choose-program.ts";
import type { Problem, Result } from "#app/core/result.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const connection = await services.readConnection(shop);
  return json({ connection: connection && connectionView(connection, { timeZone }) });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const form = readImpactForm(await request.formData());
  if (!form) throw new Response("No such form", { status: 400 });
  const answer = await answerForm(shop, form);
  return json(answer, "problem" in answer ? 422 : 200);
}

async function answerForm(shop: ShopDomain, form: ImpactForm): Promise<ImpactAnswer> {
  const { intent } = form;
  switch (intent) {
    case "connect":
      return answerFor(intent, await services.connectImpact({ shop, ...form }), "Connected");
    case "choose-program":
      return answerFor(intent, await services.chooseProgram({ shop, ...form }), "Program saved");
    case "disconnect":
      await services.disconnectImpact(shop);
      return { intent, done: "Disconnected" };
    case "sync-partners":
      await services.startPartnerSync(shop);
      return { intent, done: "Reading partners" };
  }
}

function answerFor(
  intent: ImpactForm["intent"],
  result: Result<null, Problem & { field?: ProgramField }>,
  done: string,
): ImpactAnswer {
  if (result.ok) return { intent, done };
  const { kind, message, field } = result.problem;
  return { intent, problem: { kind, message, ...(field && { field }) } };
}

export default function ImpactPage() {
  const { connection } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  useSuccessToast(answer);
  usePolling(connection?.partnerSync?.state === "running");
  return (
    <Page
      narrowWidth
      title="impact.com"
      subtitle="Where codes are registered and orders are reported."
    >
      <BlockStack gap="400">
        {connection ? (
          <>
            <ProgramCard
              key={JSON.stringify(connection.program)}
              program={connection.program}
              problem={problemOf(answer, "choose-program")}
            />
            {connection.program && <PartnerSyncCard {...connection} />}
            <AccountCard {...connection} />
          </>
        ) : (
          <ConnectForm problem={problemOf(answer, "connect")} />
        )}
      </BlockStack>
    </Page>
  );
}
