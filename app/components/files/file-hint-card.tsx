import { useNavigation, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { ONE_BY_ONE } from "#app/core/registration-files/template.ts";
import { hoursText } from "../hours-text.ts";
import type { FileHintView, FileRow } from "./file-view.server.ts";
import { codesText, overdueText } from "./file-words.ts";

interface Props {
  hint: FileHintView;
  /** Whose codes are offered; null: all of the shop's. */
  batchId: string | null;
  /** More codes are coming: only once they are there they can be put into a file. */
  isMaking?: boolean;
}

/** Registering by a file, where one by one takes long, and the files that are under way. */
export function FileHintCard({ hint, batchId, isMaking = false }: Props) {
  const { offer, files } = hint;
  const submit = useSubmit();
  const isBusy = useNavigation().formAction === "/app/files?index";
  const start = () =>
    submit(batchId ? { batchId } : {}, { method: "post", action: "/app/files?index" });
  return (
    <>
      {files.map((file) => (
        <FileBanner key={file.id} file={file} />
      ))}
      {offer && !isMaking && (
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Registering at impact.com
            </Text>
            <Text as="p">
              {codesText(offer.codes)} wait to be registered: about {hoursText(offer.hours)} one by
              one, by impact.com&apos;s hourly limit. You can upload a file at impact.com instead,
              in minutes, and see here whether every code has arrived. {ONE_BY_ONE}
            </Text>
            <InlineStack>
              <Button onClick={start} loading={isBusy}>
                Register by a file instead
              </Button>
            </InlineStack>
          </BlockStack>
        </Card>
      )}
    </>
  );
}

function FileBanner({ file }: { file: FileRow }) {
  const { id, codes, arrived, isOverdue } = file;
  return (
    <Banner tone={isOverdue ? "critical" : "info"}>
      <p>
        {isOverdue
          ? `${overdueText(file)} Their orders wait.`
          : `${codesText(codes)} are registered by a file: ${arrived.toLocaleString("en")} have arrived.`}{" "}
        <Link url={`/app/files/${id}`}>See the file</Link>
      </p>
    </Banner>
  );
}
