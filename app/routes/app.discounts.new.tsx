import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigate } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { NewDiscountForm } from "#app/components/discounts/new-discount-form.tsx";
import { readDraftForm } from "#app/components/discounts/read-draft-form.ts";
import { draftKeyIn } from "#app/components/draft-key.server.ts";
import emptyPicture from "#app/components/empty-partners.svg";
import { isoDay } from "#app/components/iso-day.server.ts";
import { MadeAlreadyBanner } from "#app/components/made-already-banner.tsx";
import { emptyDraft } from "#app/core/codes/draft-of-terms.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, currency, timeZone } = await authenticateShop(request);
  const draftKey = draftKeyIn(request);
  const [made, connection, partners, codesInUse] = await Promise.all([
    services.findMade({ shop, draftKey }),
    services.readConnection(shop),
    services.listPartnersForCodes(shop),
    services.listCodesInUse(shop),
  ]);
  return json({
    isReady: connection !== null && connection.program !== null,
    partners,
    codesInUse,
    currency,
    timeZone,
    start: emptyDraft(isoDay(new Date(), timeZone)),
    draftKey,
    madeId: made.discountId,
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const form = readDraftForm(await request.formData());
  if (!form) throw new Response("No such form", { status: 400 });
  const made = await services.createDiscount({ shop, ...form });
  return made.ok ? redirect(`/app/discounts/${made.discountId}`) : json(made, 422);
}

export default function NewDiscount() {
  const { madeId, isReady, partners, ...form } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  // Asks first where something typed would be lost.
  const leave = async () => {
    await shopify.saveBar.leaveConfirmation();
    navigate("/app/discounts");
  };
  const backAction = { content: "Discounts", onAction: () => void leave() };
  return (
    <Page narrowWidth title="New discount" backAction={backAction}>
      {madeId !== null ? (
        <MadeAlreadyBanner
          title="This discount is made already"
          see={{ content: "See the discount", url: `/app/discounts/${madeId}` }}
          another={{ content: "New discount", url: "/app/discounts/new" }}
        />
      ) : !isReady ? (
        <NeedsImpact button="Connect impact.com" />
      ) : partners.length === 0 ? (
        <NeedsImpact button="Sync partners" />
      ) : (
        <NewDiscountForm key={form.draftKey} {...{ partners, refusal }} {...form} />
      )}
    </Page>
  );
}

function NeedsImpact({ button }: { button: string }) {
  return (
    <Card>
      <EmptyState
        heading="Codes are made for partners of your impact.com program"
        image={emptyPicture}
        action={{ content: button, url: "/app/impact" }}
      >
        <p>
          Without it, a code would give customers a discount and earn nobody. Connect impact.com,
          choose a program, and its partners appear here.
        </p>
      </EmptyState>
    </Card>
  );
}
