import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { randomUUID } from "node:crypto";
import { useState } from "react";
import { z } from "zod";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { ChangeForm } from "#app/components/changes/change-form.tsx";
import { ChangePreviewCard } from "#app/components/changes/change-preview-card.tsx";
import { choiceFields, choiceIn } from "#app/components/changes/change-query.ts";
import { ConfirmModal } from "#app/components/changes/confirm-modal.tsx";
import { previewText } from "#app/components/changes/preview-text.server.ts";
import { selectionFields, selectionIn } from "#app/components/codes/code-query.ts";
import { FIRST_CHOICE } from "#app/components/draw/draw-choice.ts";
import { isoDay } from "#app/components/iso-day.server.ts";
import { namesApart } from "#app/components/names-apart.ts";
import type { ChangeField } from "#app/core/changes/start-change.ts";
import { readDay } from "#app/core/codes/discount-draft.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const query = new URL(request.url).searchParams;
  const selection = selectionIn(query);
  const asked = choiceIn(query);
  const [partners, preview] = await Promise.all([
    services.listPartnersForCodes(shop),
    services.previewChange({ shop, selection, kind: asked.kind, partnerId: asked.to as PartnerId }),
  ]);
  const known = preview.example?.pattern ?? FIRST_CHOICE.pattern;
  const choice = { ...asked, pattern: asked.pattern || known };
  const partner = namesApart(partners).get(asked.to) ?? null;
  const startsAt = readDay(asked.on, timeZone);
  const rotation = { shop, selection, pattern: choice.pattern };
  return json({
    selection: [...selectionFields(selection)],
    choice,
    partners,
    today: isoDay(new Date(), timeZone),
    preview: previewText(preview, { choice, partner, startsAt, timeZone }),
    rotation: choice.kind === "rotate" ? await services.warnRotation(rotation) : NO_ROTATION,
    isIncomplete: choice.kind === "reassign" && partner === null,
    draftKey: randomUUID(),
  });
}

const NO_ROTATION = { problem: null, warning: null };

export async function action({ request }: ActionFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const form = new URLSearchParams(await request.text());
  const draftKey = z.uuid().safeParse(form.get("draftKey"));
  if (!draftKey.success) throw new Response("No such form", { status: 400 });
  const { kind, to, on, pattern, graceDays } = choiceIn(form);
  const answer = await services.startChange({
    ...{ shop, draftKey: draftKey.data, selection: selectionIn(form) },
    ...{ kind, pattern, graceDays, partnerId: (to as PartnerId) || null },
    startsAt: readDay(on, timeZone),
  });
  return answer.ok ? redirect(`/app/batches/${answer.batchId}`) : json(answer, 422);
}

export default function ChangeCodes() {
  const data = useLoaderData<typeof loader>();
  const { choice, selection, preview } = data;
  // The first key stays: whatever is sent from this page makes one batch.
  const [draftKey] = useState(data.draftKey);
  const [isAsking, setAsking] = useState(false);
  const refusal = useActionData<typeof action>();
  const submit = useSubmit();
  const { state } = useNavigation();
  const errorOf = (field: ChangeField) =>
    refusal?.problems.find((problem) => problem.field === field)?.message ??
    (field === "pattern" ? data.rotation.problem : null);
  const confirm = () => {
    setAsking(false);
    const fields = new URLSearchParams([...selection, ...choiceFields(choice)]);
    fields.set("draftKey", draftKey);
    submit(fields, { method: "post" });
  };
  return (
    <Page title="Change codes" backAction={{ content: "Codes", url: "/app/codes" }}>
      <BlockStack gap="400">
        {refusal && (
          <Banner tone="critical">
            <p>{`Nothing was changed. ${refusal.problems.map(({ message }) => message).join(" ")}`}</p>
          </Banner>
        )}
        <ChangeForm
          key={choice.kind}
          {...{ choice, selection, errorOf }}
          partners={data.partners}
          today={data.today}
        />
        <ChangePreviewCard
          {...{ choice, preview }}
          warning={data.rotation.warning}
          isBusy={state !== "idle"}
          isIncomplete={data.isIncomplete || data.rotation.problem !== null}
          onConfirm={() => setAsking(true)}
        />
      </BlockStack>
      <ConfirmModal
        {...{ choice, preview }}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={confirm}
      />
    </Page>
  );
}
