import { PNG } from "pngjs";
import { encode, renderSVG } from "uqr";

/** Medium error correction survives a crease or a logo; the quiet zone of four modules is ISO/IEC 18004's. */
const HOW = { ecc: "M", border: 4 } as const;
const PIXELS_PER_MODULE = 10;
const GRAYSCALE = 0;

/** A text as a QR picture that any page can hold. */
export function qrSvg(text: string): string {
  return renderSVG(text, HOW);
}

/** The same for print and chats: black on white, ten pixels for each module. */
export function qrPng(text: string): Buffer {
  const { size, data } = encode(text, HOW);
  const side = size * PIXELS_PER_MODULE;
  const picture = new PNG({ width: side, height: side });
  for (let y = 0; y < side; y += 1) {
    const row = data[Math.floor(y / PIXELS_PER_MODULE)];
    for (let x = 0; x < side; x += 1) {
      const shade = row?.[Math.floor(x / PIXELS_PER_MODULE)] ? 0 : 255;
      picture.data.fill(shade, (y * side + x) * 4, (y * side + x) * 4 + 3);
      picture.data[(y * side + x) * 4 + 3] = 255;
    }
  }
  return PNG.sync.write(picture, { colorType: GRAYSCALE });
}
