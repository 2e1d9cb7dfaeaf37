// Prints the text of the one code of a format in a picture of bytes, one a dot: FILE WIDTH HEIGHT FORMAT.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const zxing = createRequire(import.meta.url)("@zxing/library");
const [, , file, width, height, format] = process.argv;
const source = new zxing.RGBLuminanceSource(
  Uint8ClampedArray.from(readFileSync(file)),
  Number(width),
  Number(height),
);
const hints = new Map([
  [zxing.DecodeHintType.POSSIBLE_FORMATS, [zxing.BarcodeFormat[format]]],
  [zxing.DecodeHintType.TRY_HARDER, true],
]);
const picture = new zxing.BinaryBitmap(new zxing.HybridBinarizer(source));
process.stdout.write(new zxing.MultiFormatReader().decode(picture, hints).getText());
