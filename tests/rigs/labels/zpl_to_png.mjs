// Draws one label. Arguments: ZPL file, PNG file, width and height in mm, dots a millimetre.
import fs from "node:fs";
import { ready } from "zpl-renderer-js";

const [source, target, width, height, dots] = process.argv.slice(2);
const { api } = await ready;
const zpl = fs.readFileSync(source, "utf8");
const png = await api.zplToBase64Async(zpl, Number(width), Number(height), Number(dots));
fs.writeFileSync(target, Buffer.from(png, "base64"));
process.exit(0);
