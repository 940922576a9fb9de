/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = state + 0x6d2b79f5 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}

/** Draws from `items` as words occur in texts: the first often, the last hardly ever. */
export function zipf<T>(random: () => number, items: readonly T[], skew = 1.6): T {
  return items[Math.floor(items.length * random() ** (1 + skew))]!;
}

const SYLLABLES =
  "ka mi ra to shi na ve lo ru sen da ko li ya mar tel is an or eth bri gal wen dor fi su no ze chi ba ren al vi"
    .split(" ");

/** `count` different made-up words, longer ones later, so that frequent words are short. */
export function inventWords(random: () => number, count: number): string[] {
  const found = new Set<string>();
  while (found.size < count) {
    const syllables = 2 + Math.floor(random() * (2 + found.size / count * 2));
    let word = "";
    for (let at = 0; at < syllables; at++) {
      word += SYLLABLES[Math.floor(random() * SYLLABLES.length)];
    }
    found.add(word);
  }
  return [...found];
}

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

export const SUBJECTS = list(`
  neon rain street forest castle samurai dragon knight witch robot android garden ocean desert city temple cyberpunk
  steampunk gothic vintage watercolor charcoal pastel origami porcelain marble bronze crystal glass smoke fire ice
  lightning galaxy nebula moon sunset autumn winter spring summer portrait landscape architecture interior fashion
  armor kimono hoodie uniform dress jacket boots glasses mask crown sword shield lantern bicycle train airship
  lighthouse waterfall canyon volcano island village market library kitchen cathedral subway rooftop alley bridge
  harbor meadow orchard vineyard snowfall fireworks carnival circus masquerade tattoo mural graffiti mosaic stained
  sculpture silhouette bokeh cinematic analog polaroid noir anime manga chibi pixel voxel lowpoly isometric blueprint
  sketch ink oil acrylic impasto ukiyo baroque rococo deco nouveau bauhaus brutalist minimalist maximalist surreal
`);
export const KINDS = list(
  `style character concept clothing background pose objects celebrity vehicle creature tool
  lighting texture detail slider outfit expression hairstyle building weather`,
);
export const COMMON = list(`
  the a and of to in is for with this that you it on as are be model lora use weight trained trigger word words style
  images image prompt recommended strength from at works best base version can not your if have more will or by one
  some try please sampler steps cfg scale better results between higher lower character trained dataset pictures
  detail quality anime realistic photo merge training update new first second hair eyes face hands clothes background
  like good great enjoy feedback leave review thanks support post share commercial sell credit license follow link
`);
export const BASE_MODELS: readonly [name: string, version: string][] = [
  ["SD 1.5", "SD1"],
  ["SDXL 1.0", "SDXL"],
  ["Pony", "SDXL"],
  ["Illustrious", "SDXL"],
  ["Flux.1 D", "Flux"],
  ["NoobAI", "SDXL"],
  ["SD 2.1", "SD2"],
  ["SD 3.5 Large", "SD3"],
  ["Qwen", ""],
  ["Wan Video 14B t2v", ""],
];
