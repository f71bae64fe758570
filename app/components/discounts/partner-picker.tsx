import { Combobox, Icon, Listbox, Text } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { namesApart } from "../names-apart.ts";

export interface PickablePartner {
  partnerId: string;
  name: string;
  hasContract: boolean;
}

interface Props<P> {
  partners: P[];
  chosen: ReadonlySet<string>;
  onToggle: (partner: P) => void;
  error?: string;
}

/** More options than anybody scrolls through; typing narrows them. */
const MOST_SHOWN = 50;

/** Finds partners by name. One without a live contract can't earn, so it can't be chosen. */
export function PartnerPicker<P extends PickablePartner>({
  partners,
  chosen,
  onToggle,
  error,
}: Props<P>) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLocaleLowerCase();
  const names = namesApart(partners);
  const nameOf = ({ partnerId, name }: P) => names.get(partnerId) ?? name;
  const found = partners.filter((one) => nameOf(one).toLocaleLowerCase().includes(wanted));
  const select = (partnerId: string) => {
    const partner = partners.find((candidate) => candidate.partnerId === partnerId);
    if (partner) onToggle(partner);
    setSearch("");
  };
  return (
    <Combobox
      allowMultiple
      activator={
        <Combobox.TextField
          label="Partners"
          placeholder="Search partners"
          value={search}
          onChange={setSearch}
          autoComplete="off"
          prefix={<Icon source={SearchIcon} />}
          {...(error && { error })}
        />
      }
    >
      <Listbox onSelect={select}>
        {found.slice(0, MOST_SHOWN).map((partner) => (
          <Listbox.Option
            key={partner.partnerId}
            value={partner.partnerId}
            selected={chosen.has(partner.partnerId)}
            disabled={!partner.hasContract}
          >
            <Listbox.TextOption
              selected={chosen.has(partner.partnerId)}
              disabled={!partner.hasContract}
            >
              {partner.hasContract
                ? nameOf(partner)
                : `${nameOf(partner)}: no live contract, can't earn`}
            </Listbox.TextOption>
          </Listbox.Option>
        ))}
        <Remainder found={found.length} search={search} />
      </Listbox>
    </Combobox>
  );
}

function Remainder({ found, search }: { found: number; search: string }) {
  if (found > 0 && found <= MOST_SHOWN) return null;
  const text =
    found === 0
      ? `No partner's name contains “${search}”.`
      : `${found - MOST_SHOWN} more. Type to narrow them down.`;
  return (
    <Listbox.Action value="" disabled>
      <Text as="span" tone="subdued">
        {text}
      </Text>
    </Listbox.Action>
  );
}
