/** Markup that is safe to put into a page as it is. */
export interface Html {
  markup: string;
}

type Value = Html | string | number | null | false | readonly (Html | string)[];

/** A template whose values are escaped unless they are Html themselves. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const markup = parts.reduce((sum, part, index) => sum + rendered(values[index - 1]) + part);
  return { markup };
}

function rendered(value: Value | undefined): string {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "object" && "markup" in value) return value.markup;
  if (typeof value === "object") return value.map(rendered).join("");
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
