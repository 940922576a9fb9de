import type { Painter } from "../scene.ts";
import { agate } from "./agate.ts";
import { aurora } from "./aurora.ts";
import { botanical } from "./botanical.ts";
import { celestial } from "./celestial.ts";
import { doubleExposure } from "./double_exposure.ts";
import { flowField } from "./flow_field.ts";
import { forest } from "./forest.ts";
import { greatWave } from "./great_wave.ts";
import { halftonePortrait } from "./halftone_portrait.ts";
import { inkCircle } from "./ink_circle.ts";
import { isometric } from "./isometric.ts";
import { jellyfish } from "./jellyfish.ts";
import { koiPond } from "./koi_pond.ts";
import { lanterns } from "./lanterns.ts";
import { crystals, lowPolyFox } from "./low_poly.ts";
import { mountains } from "./mountains.ts";
import { nebula } from "./nebula.ts";
import { neonCity } from "./neon_city.ts";
import { paperCut } from "./paper_cut.ts";
import { pixelArt } from "./pixel_art.ts";
import { planet } from "./planet.ts";
import { sakura } from "./sakura.ts";
import { stainedGlass } from "./stained_glass.ts";
import { synthwave } from "./synthwave.ts";
import { watercolor } from "./watercolor.ts";
import { windowCat } from "./window_cat.ts";

export const PAINTERS = {
  agate,
  aurora,
  botanical,
  celestial,
  crystals,
  doubleExposure,
  flowField,
  forest,
  greatWave,
  halftonePortrait,
  inkCircle,
  isometric,
  jellyfish,
  koiPond,
  lanterns,
  lowPolyFox,
  mountains,
  nebula,
  neonCity,
  paperCut,
  pixelArt,
  planet,
  sakura,
  stainedGlass,
  synthwave,
  watercolor,
  windowCat,
} satisfies Record<string, Painter>;

export type PainterName = keyof typeof PAINTERS;
