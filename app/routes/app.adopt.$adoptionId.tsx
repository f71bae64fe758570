import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Card, InlineStack, Page, Spinner, Text } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { AdoptCard } from "#app/components/adopting/adopt-card.tsx";
import { partnersByIn } from "#app/components/adopting/adopt-query.ts";
import { adoptionView, type AdoptionView } from "#app/components/adopting/adoption-view.server.ts";
import { FoundCodesCard } from "#app/components/adopting/found-codes-card.tsx";
import { LeftCodesCard } from "#app/components/adopting/left-codes-card.tsx";
import { NamedFileCard } from "#app/components/adopting/named-file-card.tsx";
import { PartnersByCard } from "#app/components/adopting/partners-by-card.tsx";
import { WhoGetsThemCard } from "#app/components/adopting/who-gets-them-card.tsx";
import { isoDay } from "#app/components/iso-day.server.ts";
import { usePolling } from "#app/components/use-polling.ts";
import { readDay } from "#app/core/codes/discount-draft.ts";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const asked = { shop, adoptionId: readAdoptionId(params) };
  const since = sinceIn(new URL(request.url).searchParams.get("since"), timeZone);
  const detail = await services.readAdoption({ ...asked, since });
  if (!detail) throw noSuchAdoption();
  return json(adoptionView(detail, timeZone));
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const asked = { shop, adoptionId: readAdoptionId(params) };
  const form = await request.formData();
  if (form.get("intent") === "adopt") {
    const since = sinceIn(form.get("since"), timeZone);
    const taken = await services.takeAdoption({ ...asked, since });
    if (!taken) throw noSuchAdoption();
    if (!taken.ok) return json({ problem: taken.problem.message, at: "page" }, { status: 422 });
    return redirect(`/app/batches/${taken.value.batchId}`);
  }
  const by = partnersByIn(form);
  if (form.get("intent") !== "choose" || !by) throw new Response("No such form", { status: 400 });
  const chosen = await services.choosePartnersBy({ ...asked, by });
  if (chosen.ok) return json({ problem: null, at: "page" });
  const at = chosen.problem.kind === "partner-pattern" ? "pattern" : "page";
  return json({ problem: chosen.problem.message, at }, { status: 422 });
}

/** Today is from now on: what was bought this morning with a code stays nobody's. */
function sinceIn(text: FormDataEntryValue | null, timeZone: string): Date | null {
  if (typeof text !== "string" || text === isoDay(new Date(), timeZone)) return null;
  return readDay(text, timeZone);
}

function readAdoptionId({ adoptionId = "" }: LoaderFunctionArgs["params"]): string {
  if (!isRowId(adoptionId)) throw noSuchAdoption();
  return adoptionId;
}

function noSuchAdoption(): Response {
  return new Response("What is read of codes is kept for a day. Begin again.", { status: 404 });
}

export default function AdoptionPage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const isBusy = useNavigation().state === "submitting";
  usePolling(view.state === "reading");
  return (
    <Page title={view.title} backAction={{ content: "Adopt codes", url: "/app/adopt" }}>
      <BlockStack gap="400">
        {answer?.problem && answer.at === "page" && (
          <Banner tone="critical">
            <p>{answer.problem}</p>
          </Banner>
        )}
        {view.state === "reading" && <ReadingCard view={view} />}
        {(view.state === "failed" || view.state === "gone") && <EndedBanner view={view} />}
        {view.batchId !== null && (
          <Banner
            tone="info"
            action={{ content: "See how far it is", url: `/app/batches/${view.batchId}` }}
          >
            <p>A batch goes through these codes, or has done so.</p>
          </Banner>
        )}
        {view.state === "checked" && (
          <>
            <FoundCodesCard view={view} />
            <PartnersByCard
              key={`${view.by} ${view.pattern}`}
              view={view}
              isBusy={isBusy}
              problem={answer?.at === "pattern" ? answer.problem : null}
            />
            {view.file && <NamedFileCard adoptionId={view.id} file={view.file} />}
            <WhoGetsThemCard view={view} />
            <AdoptCard view={view} isBusy={isBusy} />
            <LeftCodesCard
              title="Will have no partner"
              adoptionId={view.id}
              rows={view.left}
              all={view.nobodys + view.refused}
            />
          </>
        )}
      </BlockStack>
    </Page>
  );
}

function ReadingCard({ view: { reading, problem, listed } }: { view: AdoptionView }) {
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Spinner size="small" accessibilityLabel="Reading" />
          <Text as="p">
            {reading}
            {listed > 0 && ` ${listed.toLocaleString("en")} codes so far.`}
          </Text>
        </InlineStack>
        {problem && <Text as="p">{`It waits and goes on by itself: ${problem}`}</Text>}
        <Text as="p" tone="subdued">
          You can close this page: it goes on. Nothing is adopted yet.
        </Text>
      </BlockStack>
    </Card>
  );
}

function EndedBanner({ view: { state, problem } }: { view: AdoptionView }) {
  const again = { content: "Begin again", url: "/app/adopt" };
  return (
    <Banner tone={state === "failed" ? "critical" : "info"} action={again}>
      <p>
        {state === "failed"
          ? `The codes could not be read. ${problem ?? ""}`
          : "What was read of these codes is a day old."}
      </p>
    </Banner>
  );
}
