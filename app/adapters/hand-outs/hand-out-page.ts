import { earningText } from "#app/core/hand-outs/hand-out-text.ts";
import { NEEDS_CLICK, type HandOut, type HandOutCode } from "#app/core/hand-outs/hand-out.ts";
import { qrSvg } from "./qr-picture.ts";

/** A partner's hand-out as one page that needs nothing else: to open, print or send on. */
export function* handOutPage({ shopName, partner, codes }: HandOut): Generator<string> {
  const title = escape(`Your discount ${codes.length === 1 ? "code" : "codes"} for ${shopName}`);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p>For ${escape(partner.name)}. Share a code or its link: ${earningText(codes)}</p>
`;
  for (const code of codes) yield section(code);
  yield "</body>\n</html>\n";
}

function section({ code, link, terms, needsClick }: HandOutCode): string {
  const [name, address] = [escape(code), escape(link)];
  return `<section>
<div role="img" aria-label="QR picture of the link of ${name}">${qrSvg(link)}</div>
<div>
<h2>${name}</h2>
<p>${escape(terms)}</p>
<p><a href="${address}">${address}</a></p>${needsClick ? `\n<p>${escape(NEEDS_CLICK)}</p>` : ""}
</div>
</section>
`;
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
section { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; border-top: 1px solid #ccc; padding: 1rem 0; break-inside: avoid; }
section > div:first-child { flex: 0 0 10rem; }
section > div:last-child { flex: 1 1 16rem; min-width: 0; }
svg { display: block; width: 10rem; }
h2 { margin: 0; letter-spacing: 0.04em; }
p { margin: 0.25rem 0; overflow-wrap: anywhere; }
`;

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
