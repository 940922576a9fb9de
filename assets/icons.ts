import { ICONS } from "../components/icon_names.ts";

const SOURCE = new URL("../node_modules/lucide-static/icons/", import.meta.url);
const TARGET = new URL("../static/icons.svg", import.meta.url);

/** The sprite's text: one `<symbol>` per name in `ICONS`, drawing with the colour of the text around it. */
export async function sprite(): Promise<string> {
  const symbols = await Promise.all(ICONS.map(async (name) => {
    const svg = await Deno.readTextFile(new URL(`${name}.svg`, SOURCE));
    const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "")}</symbol>`;
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2" ` +
    `stroke-linecap="round" stroke-linejoin="round">\n${symbols.join("\n")}\n</svg>\n`;
}

if (import.meta.main) await Deno.writeTextFile(TARGET, await sprite());
