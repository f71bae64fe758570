import type { ReactNode } from "react";
import styles from "./facts.module.css";

export interface Fact {
  term: string;
  value: ReactNode;
}

/** Terms and their values, side by side where there is room. A fact without value is left out. */
export function Facts({ facts }: { facts: Fact[] }) {
  const known = facts.filter(({ value }) => value !== null && value !== "");
  return (
    <dl className={styles["facts"]}>
      {known.map(({ term, value }) => (
        <div key={term} className={styles["fact"]}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
