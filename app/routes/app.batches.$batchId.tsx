import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Text } from "@shopify/polaris";
import { z } from "zod";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { AdoptingPage } from "#app/components/adopting/adopting-page.tsx";
import { adoptingView } from "#app/components/adopting/adopting-view.server.ts";
import { BatchBanner } from "#app/components/batches/batch-banner.tsx";
import { BatchFailedCard } from "#app/components/batches/batch-failed-card.tsx";
import { BatchPage } from "#app/components/batches/batch-page.tsx";
import { BatchProgressCard } from "#app/components/batches/batch-progress-card.tsx";
import { batchView, type BatchView } from "#app/components/batches/batch-view.server.ts";
import { LaterBanner } from "#app/components/batches/later-banner.tsx";
import { MadeAgainBanner } from "#app/components/batches/made-again-banner.tsx";
import { CancelModal } from "#app/components/batches/cancel-modal.tsx";
import { ChangePage } from "#app/components/changes/change-page.tsx";
import { changeView } from "#app/components/changes/change-view.server.ts";
import { FileHintCard } from "#app/components/files/file-hint-card.tsx";
import { fileHintView, type FileHintView } from "#app/components/files/file-view.server.ts";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const asked = { shop, batchId: readBatchId(params) };
  const detail = await services.readBatch(asked);
  if (detail) {
    const hint = fileHintView(await services.readFileHint(asked), timeZone);
    return json({ ...NONE, made: batchView(detail, timeZone), hint });
  }
  const change = await services.readChange(asked);
  if (change) return json({ ...NONE, changed: changeView(change, timeZone) });
  const adopting = await services.readAdopting(asked);
  if (!adopting) throw noSuchBatch();
  return json({ ...NONE, adopted: adoptingView(adopting, timeZone) });
}

const NONE = { made: null, hint: null, changed: null, adopted: null };

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const batchId = readBatchId(params);
  const intent = (await request.formData()).get("intent");
  if (intent === "cancel") {
    await services.cancelBatch({ shop, batchId });
    return json({ done: "Cancelling" });
  }
  if (intent !== "resume") throw new Response("No such form", { status: 400 });
  await services.resumeBatch({ shop, batchId });
  return json({ done: "Going on" });
}

function readBatchId(params: LoaderFunctionArgs["params"]): string {
  const id = z.uuid().safeParse(params["batchId"]);
  if (!id.success) throw noSuchBatch();
  return id.data;
}

function noSuchBatch(): Response {
  return new Response("This shop has no such batch.", { status: 404 });
}

export default function AnyBatchPage() {
  const { made, hint, changed, adopted } = useLoaderData<typeof loader>();
  useSuccessToast(useActionData<typeof action>());
  if (made) return <MadePage batch={made} hint={hint} />;
  return changed ? <ChangePage batch={changed} /> : adopted && <AdoptingPage batch={adopted} />;
}

/** A batch that makes codes. */
function MadePage({ batch, hint }: { batch: BatchView; hint: FileHintView }) {
  const { id, pattern, asked, startedAt, finishedAt, isMaking } = batch;
  return (
    <BatchPage
      batch={{ ...batch, title: `Codes for ${batch.title}` }}
      backAction={{ content: "Discount", url: `/app/discounts/${batch.discountId}` }}
      actions={[{ content: "Hand out codes", url: `/app/hand-outs?batch=${id}` }]}
      facts={[
        {
          term: "Pattern",
          value: pattern && (
            <Text as="span" breakWord>
              {pattern}
            </Text>
          ),
        },
        { term: "Codes", value: asked },
        { term: "Started", value: startedAt },
        { term: "Ended", value: finishedAt },
      ]}
      askToCancel={(open) => <CancelModal batch={batch} {...open} />}
    >
      <BatchBanner batch={batch} />
      <LaterBanner batch={batch} />
      <MadeAgainBanner batch={batch} />
      <BatchProgressCard batch={batch} isByFile={hint.files.length > 0} />
      <FileHintCard hint={hint} batchId={id} isMaking={isMaking} />
      <BatchFailedCard batch={batch} />
    </BatchPage>
  );
}
