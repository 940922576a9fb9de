import type { Lora } from "../lora.ts";
import { ODDITIES } from "./oddities.ts";
import { PLACES } from "./places.ts";
import { STYLES } from "./styles.ts";
import { SUBJECTS } from "./subjects.ts";

export const LORAS: Lora[] = [...STYLES, ...PLACES, ...SUBJECTS, ...ODDITIES];
