import { Link } from "@remix-run/react";
import styles from "../orders/state-tabs.module.css";

/** Where codes to adopt are looked for. */
export type AdoptTab = "shopify" | "impact" | "nobodys";

export function adoptTabIn(query: URLSearchParams): AdoptTab {
  const at = query.get("at");
  return at === "impact" || at === "nobodys" ? at : "shopify";
}

const TABS: { tab: AdoptTab; name: string; url: string }[] = [
  { tab: "shopify", name: "In Shopify", url: "/app/adopt" },
  { tab: "impact", name: "At impact.com", url: "/app/adopt?at=impact" },
  { tab: "nobodys", name: "Nobody's", url: "/app/adopt?at=nobodys" },
];

export function AdoptTabs({ tab: shown }: { tab: AdoptTab }) {
  return (
    <nav aria-label="Where codes are" className={styles["tabs"]}>
      {TABS.map(({ tab, name, url }) => (
        <Link key={tab} to={url} aria-current={tab === shown ? "page" : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
