import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { EndedBanner } from "#app/components/discounts/ended-banner.tsx";
import { draftKeyIn } from "#app/components/draft-key.server.ts";
import { DrawForm } from "#app/components/draw/draw-form.tsx";
import { readDrawForm } from "#app/components/draw/read-draw-form.ts";
import emptyPicture from "#app/components/empty-partners.svg";
import { MadeAlreadyBanner } from "#app/components/made-already-banner.tsx";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const discountId = params["discountId"] ?? "";
  const draftKey = draftKeyIn(request);
  const [made, detail, partners] = await Promise.all([
    services.findMade({ shop, draftKey }),
    services.readDiscount({ shop, discountId }),
    services.listPartnersForCodes(shop),
  ]);
  if (!detail) throw noSuchDiscount();
  const { discount, ended } = detail;
  const { batchId } = made;
  return json({ discountId, title: discount.title, ended, partners, draftKey, batchId });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const form = readDrawForm(await request.formData());
  if (!form) throw new Response("No such form", { status: 400 });
  const answer = await services.startDrawing({
    ...{ shop, discountId: params["discountId"] ?? "" },
    ...form,
  });
  if (!answer) throw noSuchDiscount();
  return answer.ok ? redirect(`/app/batches/${answer.batchId}`) : json(answer, 422);
}

function noSuchDiscount(): Response {
  return new Response("This shop has no such discount of Partner Codes.", { status: 404 });
}

export default function DrawCodes() {
  const { discountId, title, ended, partners, draftKey, batchId } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <Page
      title="Add codes"
      subtitle={title}
      backAction={{ content: "Discount", url: `/app/discounts/${discountId}` }}
    >
      {batchId !== null ? (
        <MadeAlreadyBanner
          title="These codes are made already, or are being made"
          see={{ content: "See how far they are", url: `/app/batches/${batchId}` }}
          another={{ content: "Add more codes", url: `/app/discounts/${discountId}/draw` }}
        />
      ) : ended ? (
        <EndedBanner discountId={discountId} sentence={ended} />
      ) : partners.some(({ hasContract }) => hasContract) ? (
        <DrawForm key={draftKey} {...{ discountId, partners, draftKey, refusal }} />
      ) : (
        <NobodyEarns />
      )}
    </Page>
  );
}

function NobodyEarns() {
  return (
    <Card>
      <EmptyState
        heading="No partner has a live contract"
        image={emptyPicture}
        action={{ content: "impact.com", url: "/app/impact" }}
      >
        <p>
          A code without a partner under contract gives customers a discount and earns nobody.
          Connect impact.com and sync its partners; they appear here.
        </p>
      </EmptyState>
    </Card>
  );
}
