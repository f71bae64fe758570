import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useState } from "react";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { FileBanner } from "#app/components/files/file-banner.tsx";
import { FileCodesCard } from "#app/components/files/file-codes-card.tsx";
import { FileProgressCard } from "#app/components/files/file-progress-card.tsx";
import { FileStepsCard } from "#app/components/files/file-steps-card.tsx";
import { FileStateBadge } from "#app/components/files/file-table.tsx";
import { fileView } from "#app/components/files/file-view.server.ts";
import { codesText } from "#app/components/files/file-words.ts";
import { TakeBackModal } from "#app/components/files/take-back-modal.tsx";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const detail = await services.readFile({ shop, fileId: params["fileId"] ?? "" });
  if (!detail) throw noSuchFile();
  return json({ file: fileView(detail, timeZone), timeZone });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const asked = { shop, fileId: params["fileId"] ?? "" };
  if (!(await services.readFile(asked))) throw noSuchFile();
  const intent = (await request.formData()).get("intent");
  const wish = typeof intent === "string" ? WISHES.get(intent) : undefined;
  if (!wish) throw new Response("No such form", { status: 400 });
  await wish.verb(asked);
  return json({ done: wish.done });
}

const WISHES = new Map([
  ["uploaded", { verb: services.confirmUpload, done: "We look for the codes in a moment" }],
  ["look", { verb: services.lookNow, done: "Looking" }],
  ["renew", { verb: services.renewFile, done: "New file made" }],
  ["take-back", { verb: services.startTakingBack, done: "Registering one by one" }],
]);

function noSuchFile(): Response {
  return new Response("This shop has no such file.", { status: 404 });
}

export default function FilePage() {
  const { file, timeZone } = useLoaderData<typeof loader>();
  const [isAsking, setAsking] = useState(false);
  useSuccessToast(useActionData<typeof action>());
  const isOpen = file.state === "open";
  usePolling(isOpen);
  const back = { content: "Register one by one after all", onAction: () => setAsking(true) };
  return (
    <Page
      title={`File of ${codesText(file.codes)}`}
      titleMetadata={<FileStateBadge file={file} />}
      subtitle={`Made ${file.madeAt}`}
      backAction={{ content: "Registration files", url: "/app/files" }}
      secondaryActions={isOpen && file.missing > 0 ? [back] : []}
    >
      <BlockStack gap="400">
        <FileBanner file={file} />
        {isOpen && <FileStepsCard file={file} />}
        <FileProgressCard file={file} />
        <FileCodesCard
          title="Registered otherwise"
          count={file.differing}
          rows={file.differingCodes}
        >
          impact.com lists these, but not as they should be. They stand on the Problems page too.
        </FileCodesCard>
        <FileCodesCard title="Not arrived" count={file.missing} rows={file.missingCodes}>
          impact.com does not list these. Their orders wait.
        </FileCodesCard>
      </BlockStack>
      <TimeZoneNote timeZone={timeZone} />
      <TakeBackModal file={file} isOpen={isAsking} onClose={() => setAsking(false)} />
    </Page>
  );
}
