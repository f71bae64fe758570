import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Card, EmptyState, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import emptyPicture from "#app/components/empty-partners.svg";
import { FileTable } from "#app/components/files/file-table.tsx";
import { fileRow } from "#app/components/files/file-view.server.ts";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const files = await services.listFiles(shop);
  return json({ timeZone, rows: files.map((file) => fileRow(file, timeZone)) });
}

/** Puts the codes that wait, of a batch or all of them, into a file. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const batchId = (await request.formData()).get("batchId");
  if (batchId !== null && (typeof batchId !== "string" || !isRowId(batchId))) {
    throw new Response("No such form", { status: 400 });
  }
  const started = await services.startFile({ shop, batchId });
  if (!started.ok) return json({ problem: started.problem.message }, { status: 422 });
  return redirect(`/app/files/${started.value.fileId}`);
}

export default function Files() {
  const { rows, timeZone } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Page title="Registration files" backAction={{ content: "Codes", url: "/app/codes" }}>
      <BlockStack gap="400">
        {answer && (
          <Banner tone="warning">
            <p>{answer.problem}</p>
          </Banner>
        )}
        <Card padding={rows.length > 0 ? "0" : "400"}>
          {rows.length > 0 ? (
            <FileTable rows={rows} />
          ) : (
            <EmptyState
              heading="No code was registered by a file yet"
              image={emptyPicture}
              action={{ content: "Codes", url: "/app/codes" }}
            >
              <p>
                Where registering codes one by one takes more than an hour, their batch and the
                Codes page offer a file to upload at impact.com.
              </p>
            </EmptyState>
          )}
        </Card>
      </BlockStack>
      {rows.length > 0 && <TimeZoneNote timeZone={timeZone} />}
    </Page>
  );
}
