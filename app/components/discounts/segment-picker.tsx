import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Banner, Combobox, Icon, Listbox } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";
import type { Chosen } from "#app/core/codes/discount.ts";
import type { loader } from "#app/routes/app.segments.tsx";

interface Props {
  chosen: readonly Chosen[];
  onChange: (chosen: Chosen[]) => void;
}

const SCOPE = "read_customers";
const TYPING_MS = 250;

/** Finds customer segments by name; asks first for the scope that Shopify wants for them. */
export function SegmentPicker({ chosen, onChange }: Props) {
  const [search, setSearch] = useState("");
  const { data, load, state } = useFetcher<typeof loader>();
  useEffect(() => {
    const words = new URLSearchParams({ search });
    const soon = setTimeout(() => load(`/app/segments?${words.toString()}`), TYPING_MS);
    return () => clearTimeout(soon);
  }, [search, load]);
  if (data && !data.ok) {
    return <NotRead {...data} onAllowed={() => load("/app/segments")} />;
  }
  const toggle = (id: string) => {
    const found = data?.segments.find((segment) => segment.id === id);
    const isChosen = chosen.some((one) => one.id === id);
    if (isChosen) onChange(chosen.filter((one) => one.id !== id));
    else if (found) onChange([...chosen, found]);
    setSearch("");
  };
  return (
    <Combobox
      allowMultiple
      activator={
        <Combobox.TextField
          label="Customer segments"
          placeholder="Search segments"
          value={search}
          onChange={setSearch}
          autoComplete="off"
          prefix={<Icon source={SearchIcon} />}
        />
      }
    >
      <Listbox onSelect={toggle}>
        {(data?.segments ?? []).map(({ id, title }) => (
          <Listbox.Option key={id} value={id} selected={chosen.some((one) => one.id === id)}>
            <Listbox.TextOption selected={chosen.some((one) => one.id === id)}>
              {title}
            </Listbox.TextOption>
          </Listbox.Option>
        ))}
        {state !== "idle" && <Listbox.Loading accessibilityLabel="Reading segments" />}
        {state === "idle" && <Remark segments={data?.segments} hasMore={data?.hasMore ?? false} />}
      </Listbox>
    </Combobox>
  );
}

function Remark({ segments, hasMore }: { segments: Chosen[] | undefined; hasMore: boolean }) {
  if (!segments || (segments.length > 0 && !hasMore)) return null;
  const text = hasMore ? "There are more. Type to narrow them down." : "No such segment.";
  return (
    <Listbox.Action value="" disabled>
      {text}
    </Listbox.Action>
  );
}

interface NotReadProps {
  needsScope: boolean;
  message: string;
  onAllowed: () => void;
}

function NotRead({ needsScope, message, onAllowed }: NotReadProps) {
  const shopify = useAppBridge();
  const ask = async () => {
    const { result } = await shopify.scopes.request([SCOPE]);
    if (result === "granted-all") onAllowed();
  };
  if (!needsScope) {
    return (
      <Banner tone="warning" action={{ content: "Try again", onAction: onAllowed }}>
        <p>{message}</p>
      </Banner>
    );
  }
  return (
    <Banner
      tone="info"
      title="Shopify has to let this app see your customer segments"
      action={{ content: "Allow segments", onAction: () => void ask() }}
    >
      <p>
        Shopify counts segments as customer data. This app reads their names and nothing else: never
        who is in them.
      </p>
    </Banner>
  );
}
