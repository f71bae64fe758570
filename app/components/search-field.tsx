import { useNavigate } from "@remix-run/react";
import { Icon, TextField } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";

const PAUSE_MS = 300;

/** Narrows the page's list by `?search=` when the typing pauses. */
export function SearchField({ label, value }: { label: string; value: string }) {
  const [text, setText] = useState(value);
  const navigate = useNavigate();
  useEffect(() => {
    if (text.trim() === value) return;
    const query = new URLSearchParams(text.trim() ? { search: text.trim() } : {});
    const timer = setTimeout(() => navigate(`?${query}`, { replace: true }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, navigate]);
  return (
    <TextField
      label={label}
      labelHidden
      placeholder={label}
      value={text}
      onChange={setText}
      autoComplete="off"
      prefix={<Icon source={SearchIcon} />}
      clearButton
      onClearButtonClick={() => setText("")}
    />
  );
}
