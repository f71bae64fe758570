import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Card, EmptyState, Page } from "@shopify/polaris";
import { useState } from "react";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { CheckCard } from "#app/components/code-differences/check-card.tsx";
import { differencesView } from "#app/components/code-differences/differences-view.server.ts";
import type { CheckView } from "#app/components/code-differences/differences-view.server.ts";
import { GroupCard } from "#app/components/code-differences/group-card.tsx";
import { readRepair } from "#app/components/code-differences/read-repair.server.ts";
import {
  RepairAllModal,
  type AllOfKind,
} from "#app/components/code-differences/repair-all-modal.tsx";
import { useFollowedRepairs } from "#app/components/code-differences/use-followed-repairs.ts";
import emptyPicture from "#app/components/empty-partners.svg";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  return json(differencesView(await services.readDifferences(shop), { timeZone }));
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const form = await request.formData();
  if (form.get("intent") === "check") {
    await services.startCheck(shop);
    return json({ done: "Check started" });
  }
  const wish = readRepair(form);
  if (!wish) throw new Response(null, { status: 400 });
  if (form.get("intent") === "repair-all") {
    await services.startRepairs({ shop, ...wish });
    return json({ done: "Repairs started" });
  }
  const subject = form.get("subject");
  if (typeof subject !== "string") throw new Response(null, { status: 400 });
  const repaired = await services.repairDifference({ shop, subject, ...wish });
  if (!repaired.ok) return json({ problem: repaired.problem.message });
  // It belongs to nobody yet.
  if (wish.repair === "adopt")
    return redirect(`/app/codes/assign?${new URLSearchParams({ code: subject })}`);
  return json({ done: "Repaired" });
}

export default function DifferencesPage() {
  const { groups, check, timeZone } = useLoaderData<typeof loader>();
  const [asked, setAsked] = useState<AllOfKind | null>(null);
  const fetcher = useFetcher<typeof action>();
  useSuccessToast(fetcher.data);
  usePolling(check.isRunning);
  const { followed, follow } = useFollowedRepairs(groups);
  const submit = (fields: Record<string, string>) => fetcher.submit(fields, { method: "post" });
  const problem = fetcher.data && "problem" in fetcher.data ? fetcher.data.problem : null;
  const differing = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <Page
      title="Differences"
      subtitle="Where Shopify, impact.com and this app tell different stories about your codes."
      backAction={{ content: "Discounts", url: "/app/discounts" }}
    >
      <BlockStack gap="400">
        {problem && (
          <Banner tone="critical">
            <p>{problem}</p>
          </Banner>
        )}
        <CheckCard check={check} differing={differing} />
        {groups.map((group) => (
          <GroupCard
            key={group.kind}
            group={group}
            isBusy={fetcher.state !== "idle" || group.kind === followed}
            isFollowed={group.kind === followed}
            repair={(fields) => submit({ intent: "repair", ...fields })}
            askForAll={setAsked}
          />
        ))}
        {differing === 0 && check.lastAt && !check.problem && !check.notRead && (
          <SameStory check={check} />
        )}
      </BlockStack>
      <TimeZoneNote timeZone={timeZone} />
      <RepairAllModal
        all={asked}
        onClose={() => setAsked(null)}
        onConfirm={({ kind, repair }) => {
          submit({ intent: "repair-all", kind, repair });
          follow(kind);
        }}
      />
    </Page>
  );
}

/** Says only what was looked at. */
function SameStory({ check: { isImpactChecked, lastAt } }: { check: CheckView }) {
  return (
    <Card>
      <EmptyState
        heading={
          isImpactChecked
            ? "Both sides tell the same story"
            : "Shopify tells the same story as this app"
        }
        image={emptyPicture}
        action={{ content: "See discounts", url: "/app/discounts" }}
      >
        <p>
          {isImpactChecked
            ? `By ${lastAt} every live code worked in Shopify, was registered to its partner at impact.com, and ended when its discount does.`
            : `By ${lastAt} every live code worked in Shopify. impact.com was not looked at: connect it and choose a program, then check again.`}{" "}
          Codes that were just being made or registered are compared the next time, and what has
          failed stands under Problems.
        </p>
      </EmptyState>
    </Card>
  );
}
