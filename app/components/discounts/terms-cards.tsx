import { BlockStack } from "@shopify/polaris";
import type { ReactNode } from "react";
import { ConditionsCard } from "./conditions-card.tsx";
import { CustomersCard } from "./customers-card.tsx";
import type { DraftFields } from "./draft-text-field.tsx";
import { ItemsCard } from "./items-card.tsx";
import { ValueCard } from "./value-card.tsx";

export interface TermsShop {
  currency: string;
  timeZone: string;
}

interface Props extends DraftFields, TermsShop {
  isMade: boolean;
  hasBegun: boolean;
  /** What stands below the value. */
  children?: ReactNode;
}

/** All terms of a discount, to be made or edited. */
export function TermsCards({ currency, timeZone, isMade, hasBegun, children, ...fields }: Props) {
  return (
    <BlockStack gap="400">
      <ValueCard {...fields} {...{ currency, isMade }} />
      {children}
      <ItemsCard {...fields} />
      <CustomersCard {...fields} />
      <ConditionsCard {...fields} {...{ currency, timeZone, hasBegun }} />
    </BlockStack>
  );
}
