import { useFetcher } from "@remix-run/react";
import { Button, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { action } from "#app/routes/app.click-capture.tsx";
import { useSuccessToast } from "../use-success-toast.ts";
import { CLICK_CAPTURE } from "./click-capture-route.ts";
import { Part, type PartState } from "./part.tsx";

/** Off unless the merchant wants it: Shopify notes landing pages whatever the visitor allowed. */
export function LandingPart({ state: read, parameter }: { state: PartState; parameter: string }) {
  const turning = useFetcher<typeof action>();
  const answer = turning.data;
  const state = answer && "landings" in answer ? answer.landings : read;
  const turn = (landings: "on" | "off") => (
    <Button
      accessibilityLabel={`Turn ${landings} by the landing page`}
      loading={turning.state !== "idle"}
      onClick={() => turning.submit({ landings }, { method: "post", action: CLICK_CAPTURE })}
    >
      {`Turn ${landings}`}
    </Button>
  );
  return (
    <>
      <Part
        name="By the landing page"
        state={state}
        text="Shopify notes the page a visit began at, also where the visitor declined tracking. Turn it on only if your visitors’ consent isn’t needed for that. It holds for orders placed from then on."
        turnOff={turn("off")}
      >
        {turn("on")}
      </Part>
      {state === "on" && <NameForm key={parameter} parameter={parameter} />}
    </>
  );
}

/** What impact.com itself calls it is read in any case. */
function NameForm({ parameter }: { parameter: string }) {
  const naming = useFetcher<typeof action>();
  const [name, setName] = useState(parameter);
  const answer = naming.data;
  useSuccessToast(answer);
  return (
    <TextField
      label="Your own name of the click id"
      helpText="Only if your tracking links use another name than irclickid or im_ref. Set the same name in the theme editor."
      value={name}
      onChange={setName}
      autoComplete="off"
      error={answer && "problem" in answer ? answer.problem : false}
      connectedRight={
        <Button
          accessibilityLabel="Save your own name of the click id"
          loading={naming.state !== "idle"}
          onClick={() =>
            naming.submit({ parameter: name }, { method: "post", action: CLICK_CAPTURE })
          }
        >
          Save
        </Button>
      }
    />
  );
}
