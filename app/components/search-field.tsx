import { useNavigate } from "@remix-run/react";
import { Icon, TextField } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";

const PAUSE_MS = 300;

interface Props {
  label: string;
  value: string;
  /** Other fields of the page's address, which stay as they are. */
  keep?: string;
  helpText?: string;
}

/** Narrows the page's list by `?search=` when the typing pauses. */
export function SearchField({ label, value, keep = "", helpText }: Props) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const navigate = useNavigate();
  // Where a link or the back button changed what is searched for, the field follows.
  if (value !== shown) {
    setShown(value);
    if (text.trim() === shown) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return;
    const query = new URLSearchParams(keep);
    if (text.trim()) query.set("search", text.trim());
    const timer = setTimeout(() => navigate(`?${query}`, { replace: true }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, keep, navigate]);
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
      helpText={helpText}
    />
  );
}
