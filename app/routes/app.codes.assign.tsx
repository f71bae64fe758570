import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { AssignForm } from "#app/components/codes/assign-form.tsx";
import { PreviewCard } from "#app/components/codes/preview-card.tsx";
import { readAssignment } from "#app/components/codes/read-assignment.server.ts";
import { previewView } from "#app/components/codes/unassigned-view.server.ts";
import { isoDay } from "#app/components/iso-day.server.ts";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const query = new URL(request.url).searchParams;
  const asked = readAssignment(query, { timeZone });
  if (!asked.code) throw new Response("There is no such code.", { status: 404 });
  const { code, since } = asked;
  const partners = await services.listPartners({ shop });
  const partner = partners.find(({ partnerId }) => partnerId === query.get("partner")) ?? null;
  const { partnerId } = partner ?? {};
  const chosen = { code, since, partnerId: partnerId ?? null };
  const preview = await services.previewAssignment({ shop, ...chosen });
  const warning = partnerId ? await services.warnNamedCode({ shop, code, partnerId }) : null;
  return json({
    code,
    partners: partners.map(({ partnerId, name, hasContract }) => ({
      partnerId,
      name,
      hasContract,
    })),
    partner: partner && { partnerId: partner.partnerId, name: partner.name },
    since: isoDay(preview.from, timeZone),
    earliest: isoDay(preview.oldest, timeZone),
    today: isoDay(preview.now, timeZone),
    preview: partner && previewView(preview, { timeZone }),
    warning,
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const asked = readAssignment(await request.formData(), { timeZone });
  const { code, partnerId, since } = asked;
  if (!code || !partnerId) throw new Response(null, { status: 400 });
  const assigned = await services.assignCode({ shop, code, partnerId, since });
  if (!assigned.ok) return json({ problem: assigned.problem.message });
  return json({ done: `${code} is assigned. Its orders are on their way.` });
}

export default function AssignCode() {
  const { code, partners, partner, since, earliest, today, preview, warning } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const submit = useSubmit();
  const { state } = useNavigation();
  useSuccessToast(answer);
  return (
    <Page title={`Whose code is ${code}?`} backAction={{ content: "Codes", url: "/app/codes" }}>
      <BlockStack gap="400">
        {answer && "problem" in answer && (
          <Banner tone="critical">
            <p>{answer.problem}</p>
          </Banner>
        )}
        <AssignForm
          code={code}
          partners={partners}
          partnerId={partner?.partnerId ?? null}
          since={since}
          earliest={earliest}
          today={today}
          isLoading={state === "loading"}
        />
        {partner && preview && (
          <PreviewCard
            code={code}
            partner={partner.name}
            preview={preview}
            warning={warning}
            isBusy={state === "submitting"}
            onConfirm={() =>
              submit({ code, partner: partner.partnerId, since }, { method: "post" })
            }
          />
        )}
      </BlockStack>
    </Page>
  );
}
