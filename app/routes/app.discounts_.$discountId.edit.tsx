import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigate } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Page } from "@shopify/polaris";
import { z } from "zod";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { EditDiscountForm } from "#app/components/discounts/edit-discount-form.tsx";
import { readTermsForm } from "#app/components/discounts/read-draft-form.ts";
import { readOpened } from "#app/components/read-opened.ts";
import { isSayable } from "#app/core/codes/discount.ts";
import { draftOfTerms } from "#app/core/codes/draft-of-terms.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, currency, timeZone } = await authenticateShop(request);
  const discountId = readDiscountId(params);
  const discount = await services.openDiscount({ shop, discountId });
  if (!discount) throw new Response("Shopify has not made this discount.", { status: 404 });
  if (discount.deletedAt || !isSayable(discount)) return redirect(`/app/discounts/${discountId}`);
  return json({
    id: discountId,
    title: discount.title,
    start: draftOfTerms(discount, timeZone),
    hasBegun: discount.startsAt <= new Date(),
    currency,
    timeZone,
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const discountId = readDiscountId(params);
  const form = await request.formData();
  const asked = { shop, discountId, draft: readTermsForm(form), opened: readOpened(form) };
  const answer = await services.editDiscount(asked);
  if (!answer.ok) return json(answer, 422);
  const saved = answer.startMoved ? "start" : answer.endMoved ? "end" : "terms";
  const batch = answer.batchId ? `&batch=${answer.batchId}` : "";
  return redirect(`/app/discounts/${discountId}?saved=${saved}${batch}`);
}

function readDiscountId(params: LoaderFunctionArgs["params"]): string {
  const id = z.uuid().safeParse(params["discountId"]);
  if (!id.success) throw new Response("No such discount.", { status: 404 });
  return id.data;
}

export default function EditDiscount() {
  const { id, title, ...form } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  // Asks first where something typed would be lost.
  const leave = async () => {
    await shopify.saveBar.leaveConfirmation();
    navigate(`/app/discounts/${id}`);
  };
  const backAction = { content: title, onAction: () => void leave() };
  return (
    <Page narrowWidth title={`Edit ${title}`} backAction={backAction}>
      <EditDiscountForm id={id} refusal={refusal} {...form} />
    </Page>
  );
}
