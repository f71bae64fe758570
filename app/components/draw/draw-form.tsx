import { Form, useNavigation } from "@remix-run/react";
import { BlockStack, Box, Button, InlineStack, Layout } from "@shopify/polaris";
import { useState } from "react";
import type { DrawField } from "#app/core/batches/start-drawing.ts";
import type { PickablePartner } from "../discounts/partner-picker.tsx";
import { RefusedBanner } from "../refused-banner.tsx";
import { FIRST_CHOICE, type DrawChoice } from "./draw-choice.ts";
import { PatternCard } from "./pattern-card.tsx";
import { RegistrationCard } from "./registration-card.tsx";
import { PreviewCard } from "./preview-card.tsx";
import { useDrawPreview, type SeenPreview } from "./use-draw-preview.ts";
import { WhoCard } from "./who-card.tsx";

interface Props {
  discountId: string;
  /** Whatever is sent from this form makes one batch. */
  draftKey: string;
  partners: PickablePartner[];
  refusal: { problems: { field: DrawField; message: string }[] } | undefined;
}

/** Who gets how many codes, and how they are spelled; beside it what would come of it. */
export function DrawForm({ discountId, draftKey, partners, refusal }: Props) {
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const [refused, setRefused] = useState<DrawChoice | null>(null);
  const preview = useDrawPreview(discountId, choice);
  const isSaving = useNavigation().formMethod === "POST";
  const change = (some: Partial<DrawChoice>) => setChoice({ ...choice, ...some });
  // A sentence stands only as long as the form is as it was sent.
  const problems = refusal && refused === choice ? refusal.problems : [];
  const errorOf = (field: DrawField) =>
    problems.find((problem) => problem.field === field)?.message ?? null;
  const offer = preview && "families" in preview ? preview.families : null;
  const pattern = errorOf("pattern") ?? patternProblem(preview);
  return (
    <Form method="post" onSubmit={() => setRefused(choice)}>
      <input type="hidden" name="draftKey" value={draftKey} />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {problems.length > 0 && (
              <RefusedBanner refusal={refusal}>
                {errorOf("discount") ??
                  "Nothing was made yet. What has to change stands beside its field."}
              </RefusedBanner>
            )}
            <WhoCard all={partners} {...choice} change={change} error={errorOf("partners")} />
            <PatternCard
              {...choice}
              change={change}
              errors={{ pattern, codesEach: errorOf("codesEach") }}
            />
            {offer && (
              <RegistrationCard
                {...{ offer, change }}
                asFamilies={choice.asFamilies}
                error={errorOf("asFamilies")}
              />
            )}
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <PreviewCard
            preview={preview}
            hasPartners={choice.everyone || choice.partners.length > 0}
          />
        </Layout.Section>
        <Layout.Section>
          <Box paddingInline={{ xs: "400", sm: "0" }}>
            <InlineStack align="end">
              <Button submit variant="primary" loading={isSaving}>
                Make codes
              </Button>
            </InlineStack>
          </Box>
        </Layout.Section>
      </Layout>
    </Form>
  );
}

function patternProblem(preview: SeenPreview): string | null {
  return preview && "problems" in preview ? (preview.problems[0] ?? null) : null;
}
