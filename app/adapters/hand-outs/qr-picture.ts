import { PNG } from "pngjs";
import { encode, renderSVG } from "uqr";

/** Medium error correction survives a crease or a logo; the quiet zone of four modules is ISO/IEC 18004's. */
const HOW = { ecc: "M", border: 4 } as const;
const PIXELS = 10;
/** Grey in, grey out. Most rows are the one above, which filter 2 says in nothing. */
const PNG_OPTIONS = {
  inputColorType: 0,
  inputHasAlpha: false,
  colorType: 0,
  filterType: 2,
} as const;

/** A text as a QR picture that any page can hold. */
export function qrSvg(text: string): string {
  return renderSVG(text, HOW);
}

/** The same for print and chats: black on white, ten pixels for each module. */
export function qrPng(text: string): Buffer {
  const { size, data } = encode(text, HOW);
  const side = size * PIXELS;
  const grey = Buffer.alloc(side * side, 255);
  data.forEach((modules, y) => {
    const top = y * PIXELS * side;
    modules.forEach((isDark, x) => {
      if (isDark) grey.fill(0, top + x * PIXELS, top + (x + 1) * PIXELS);
    });
    for (let row = 1; row < PIXELS; row += 1) {
      grey.copy(grey, top + row * side, top, top + side);
    }
  });
  const picture = new PNG({ width: side, height: side });
  picture.data = grey;
  return PNG.sync.write(picture, PNG_OPTIONS);
}
