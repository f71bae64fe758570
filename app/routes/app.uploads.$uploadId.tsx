import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { FoundCard } from "#app/components/uploads/found-card.tsx";
import { uploadView } from "#app/components/uploads/upload-view.server.ts";
import { WarnedRowsCard } from "#app/components/uploads/warned-rows-card.tsx";
import { WrongRowsCard } from "#app/components/uploads/wrong-rows-card.tsx";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const uploadId = readUploadId(params);
  const check = await services.readUploadCheck({ shop, uploadId });
  if (!check) throw noSuchUpload();
  return json(uploadView(check, { timeZone }));
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const taken = await services.takeUpload({ shop, uploadId: readUploadId(params) });
  if (!taken) throw noSuchUpload();
  if (!taken.ok) return json({ problem: taken.problem.message }, { status: 422 });
  return redirect(`/app/batches/${taken.value.batchId}`);
}

function readUploadId({ uploadId = "" }: LoaderFunctionArgs["params"]): string {
  if (!isRowId(uploadId)) throw noSuchUpload();
  return uploadId;
}

function noSuchUpload(): Response {
  const sentence = "What is read of a file is kept for a day. Upload it again.";
  return new Response(sentence, { status: 404 });
}

export default function UploadPage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const submit = useSubmit();
  const isBusy = useNavigation().state !== "idle";
  const { discount, fileName, batchId } = view;
  return (
    <Page
      title={fileName}
      subtitle={`Codes for ${discount.title}`}
      backAction={{ content: "Upload codes", url: `/app/discounts/${discount.id}/upload` }}
    >
      <BlockStack gap="400">
        {answer && (
          <Banner tone="critical">
            <p>{answer.problem}</p>
          </Banner>
        )}
        {batchId === null ? (
          <FoundCard view={view} isBusy={isBusy} onTake={() => submit(null, { method: "post" })} />
        ) : (
          <Banner
            tone="info"
            action={{ content: "See how far they are", url: `/app/batches/${batchId}` }}
          >
            <p>The codes of this file are being made, or are made.</p>
          </Banner>
        )}
        {view.wrongRows.length > 0 && <WrongRowsCard view={view} />}
        {view.warned && <WarnedRowsCard warned={view.warned} />}
      </BlockStack>
    </Page>
  );
}
