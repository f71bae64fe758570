import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";

/** Says briefly that something worked. What didn't work stands beside its field instead. */
export function useSuccessToast(answer: { done: string } | object | undefined): void {
  const shopify = useAppBridge();
  useEffect(() => {
    if (answer && "done" in answer) shopify.toast.show(answer.done);
  }, [shopify, answer]);
}
