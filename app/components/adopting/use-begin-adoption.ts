import { useNavigation, useSubmit } from "@remix-run/react";
import { useState } from "react";
import type { AdoptionSource } from "#app/core/adopting/adoption.ts";
import { pickedField } from "./adopt-query.ts";

interface Begin {
  isBusy: boolean;
  begin: (source: AdoptionSource, picked?: { id: string; title: string }[]) => void;
}

/** Begins to read codes. The first key stays: whatever is sent from this page is begun once. */
export function useBeginAdoption(draftKey: string): Begin {
  const [key] = useState(draftKey);
  const submit = useSubmit();
  const isBusy = useNavigation().state === "submitting";
  return {
    isBusy,
    begin: (source, picked = []) => {
      const form = new FormData();
      form.set("draftKey", key);
      form.set("source", source.kind);
      if (source.kind === "every") form.set("search", source.search);
      for (const one of picked) form.append("discount", pickedField(one));
      submit(form, { method: "post" });
    },
  };
}
