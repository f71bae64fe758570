import { useNavigation, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Button, InlineStack } from "@shopify/polaris";
import type { FileView } from "./file-view.server.ts";
import { codesText, overdueText } from "./file-words.ts";

/** How the file has ended, or what stands in its way and the ways on. */
export function FileBanner({ file }: { file: FileView }) {
  const { state, problem, isOverdue, arrived, differing, takenBack } = file;
  if (state === "taken-back") {
    return (
      <Banner tone="info">
        <p>
          {codesText(takenBack)} of this file {takenBack === 1 ? "is" : "are"} registered one by
          one. Don&apos;t upload it any more.
        </p>
      </Banner>
    );
  }
  if (state === "done") {
    const come = `${codesText(arrived)} of this file ${arrived === 1 ? "has" : "have"} arrived.`;
    const all = arrived > 0 ? `${come} Orders that waited for them are reported now.` : come;
    return (
      <Banner tone={differing > 0 ? "warning" : "success"}>
        <p>
          {differing > 0 ? `${all} ${codesText(differing)} stand there with other terms.` : all}
        </p>
      </Banner>
    );
  }
  if (isOverdue) return <Overdue file={file} />;
  if (!problem) return null;
  return (
    <Banner tone="warning">
      <p>The last look was not finished: {problem}</p>
    </Banner>
  );
}

function Overdue({ file }: { file: FileView }) {
  const submit = useSubmit();
  const intent = useNavigation().formData?.get("intent");
  const send = (name: string) => submit({ intent: name }, { method: "post" });
  return (
    <Banner tone="critical">
      <BlockStack gap="200">
        <p>
          {overdueText(file)} {file.problem ?? whatNow(file)}
        </p>
        <InlineStack gap="200">
          <Button onClick={() => send("renew")} loading={intent === "renew"}>
            Make a new file of what is missing
          </Button>
          <Button onClick={() => send("take-back")} loading={intent === "take-back"}>
            Register them one by one
          </Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}

function whatNow({ isUploaded }: FileView): string {
  return isUploaded
    ? "Look at impact.com for what it said about the upload, then upload what is missing once more."
    : "Upload it, or have its codes registered one by one.";
}
