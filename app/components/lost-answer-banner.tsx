import { useNavigation } from "@remix-run/react";
import { Page } from "@shopify/polaris";
import { useEffect } from "react";
import { tellLostAnswer, useLostAnswer } from "./lost-answer.ts";
import { RefusedBanner } from "./refused-banner.tsx";

/** Above any page whose form got no answer, until it is sent again or left. */
export function LostAnswerBanner() {
  const sentence = useLostAnswer();
  const isIdle = useNavigation().state === "idle";
  useEffect(() => {
    if (isIdle) return () => tellLostAnswer(null);
    return undefined;
  }, [isIdle]);
  if (sentence === null) return null;
  return (
    <Page>
      <RefusedBanner refusal={sentence}>{sentence}</RefusedBanner>
    </Page>
  );
}
