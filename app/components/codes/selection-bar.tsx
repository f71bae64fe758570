import { Box, Button, Checkbox, InlineStack, Text } from "@shopify/polaris";
import { countText } from "./count-text.ts";

interface Props {
  /** On this page; null: all that match. */
  picked: number | null;
  shown: number;
  matching: number | null;
  isExporting: boolean;
  onPickPage: (isPicked: boolean) => void;
  onPickAll: () => void;
  onExport: () => void;
  /** Where those that are selected are retired, rotated or reassigned. */
  changeUrl: string;
  /** Where they are handed out to their partners. */
  handOutUrl: string;
}

/** How many codes match, and what can be done with those that are selected. */
export function SelectionBar(props: Props) {
  const { picked, shown, matching, isExporting, onPickPage, onPickAll, onExport } = props;
  const { changeUrl, handOutUrl } = props;
  const isPagePicked = picked === null || picked === shown;
  const isMore = matching === null || matching > shown;
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
      <InlineStack gap="300" blockAlign="center">
        <Checkbox
          label={picked === 0 ? countText(matching) : selectedText(picked, matching)}
          checked={isPagePicked ? true : picked > 0 ? "indeterminate" : false}
          onChange={() => onPickPage(!isPagePicked)}
        />
        {picked !== 0 && (
          <>
            {isPagePicked && isMore && picked !== null && (
              <Button size="slim" onClick={onPickAll}>
                {matching === null
                  ? "Select all that match"
                  : `Select all ${matching.toLocaleString("en")} that match`}
              </Button>
            )}
            <Button size="slim" url={changeUrl}>
              Change selected
            </Button>
            <Button size="slim" url={handOutUrl}>
              Hand out selected
            </Button>
            <Button size="slim" onClick={onExport} loading={isExporting}>
              Export selected
            </Button>
          </>
        )}
        {picked === null && (
          <Text as="span" tone="subdued">
            Those on other pages too.
          </Text>
        )}
      </InlineStack>
    </Box>
  );
}

function selectedText(picked: number | null, matching: number | null): string {
  if (picked !== null) return `${picked.toLocaleString("en")} selected`;
  return matching === null
    ? "All that match selected"
    : `All ${matching.toLocaleString("en")} selected`;
}
