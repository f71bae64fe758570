import { Banner } from "@shopify/polaris";
import { useEffect, useRef, type ReactNode } from "react";

interface Props {
  /** What the form was answered: each answer brings the banner into view. */
  refusal: unknown;
  children: ReactNode;
}

/** Why a form was refused. The button that sent it may be screens below, where nothing would be seen. */
export function RefusedBanner({ refusal, children }: Props) {
  const place = useRef<HTMLDivElement>(null);
  // Newer browsers give a promise back, which React would take for the effect's clean-up.
  useEffect(() => {
    place.current?.scrollIntoView({ block: "start" });
  }, [refusal]);
  return (
    <div ref={place}>
      <Banner tone="critical">
        <p>{children}</p>
      </Banner>
    </div>
  );
}
