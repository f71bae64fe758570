import type { PickablePartner } from "../discounts/partner-picker.tsx";

/** The Add codes form as it stands. */
export interface DrawChoice {
  pattern: string;
  /** As typed. */
  codesEach: string;
  /** Every partner with a contract, instead of those chosen. */
  everyone: boolean;
  partners: PickablePartner[];
  /** Registered as families, where that is offered. */
  asFamilies: boolean;
}

export const FIRST_CHOICE: DrawChoice = {
  pattern: "{FIRST}{VALUE}-{RANDOM:6}",
  codesEach: "1",
  everyone: false,
  partners: [],
  asFamilies: false,
};
