import {
  BlockStack,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Select,
  Text,
} from "@shopify/polaris";
import { useState } from "react";
import {
  UPLOAD_COLUMNS,
  type ColumnSample,
  type UploadColumn,
} from "#app/core/uploads/upload-column.ts";
import type { AskedColumns, Uploading } from "./use-upload.ts";

const LABELS: Record<UploadColumn, string> = {
  code: "Code",
  partner: "Partner",
  startsOn: "Start",
  endsOn: "End",
  reach: "Reach",
};

const NONE = "";

/** Says which column of the file holds what, where that could not be recognised. */
export function MappingCard({
  asked,
  map,
  isSending,
  wanted = UPLOAD_COLUMNS,
}: Pick<Uploading, "map" | "isSending"> & {
  asked: AskedColumns;
  wanted?: readonly UploadColumn[];
}) {
  const { columns, suggestion, message } = asked;
  const [chosen, setChosen] = useState(() => startWith(suggestion));
  const [hasHeading, setHasHeading] = useState(asked.firstRowIsHeading);
  const indexOf = (column: UploadColumn) =>
    chosen[column] === NONE ? null : Number(chosen[column]);
  const [code, partner] = [indexOf("code"), indexOf("partner")];
  const submit = () => {
    if (code === null || partner === null) return;
    const [startsOn, endsOn, reach] = [indexOf("startsOn"), indexOf("endsOn"), indexOf("reach")];
    map({ mapping: { code, partner, startsOn, endsOn, reach }, firstRowIsHeading: hasHeading });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Which column holds what?
        </Text>
        <Text as="p">{message}</Text>
        <FormLayout>
          {wanted.map((column) => (
            <Select
              key={column}
              label={LABELS[column]}
              options={optionsFor(column, columns)}
              value={chosen[column]}
              onChange={(value) => setChosen({ ...chosen, [column]: value })}
            />
          ))}
          <Checkbox
            label="The first row holds headings"
            checked={hasHeading}
            onChange={setHasHeading}
          />
        </FormLayout>
        <InlineStack>
          <Button
            variant="primary"
            onClick={submit}
            loading={isSending}
            disabled={code === null || partner === null}
          >
            Read the file
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function startWith(suggestion: AskedColumns["suggestion"]): Record<UploadColumn, string> {
  const text = (column: UploadColumn) => `${suggestion[column] ?? NONE}`;
  return {
    ...{ code: text("code"), partner: text("partner"), reach: text("reach") },
    ...{ startsOn: text("startsOn"), endsOn: text("endsOn") },
  };
}

function optionsFor(column: UploadColumn, columns: ColumnSample[]) {
  const isNeeded = column === "code" || column === "partner";
  const none = { label: isNeeded ? "Choose a column" : "Not in the file", value: NONE };
  return [none, ...columns.map((each) => ({ label: nameOf(each), value: `${each.index}` }))];
}

const LONGEST_SAMPLE = 60;

function nameOf({ heading, samples }: ColumnSample): string {
  const shown = samples.join(", ");
  const short = shown.length > LONGEST_SAMPLE ? `${shown.slice(0, LONGEST_SAMPLE)}…` : shown;
  return short ? `${heading}: ${short}` : heading;
}
