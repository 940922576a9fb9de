import { createDefine } from "fresh";
import type { Services } from "@/services.ts";
import type { Viewer } from "@/lib/access/viewer.ts";

/** What every request carries once the outer middleware has run. */
export interface State {
  services: Services;
  viewer: Viewer;
  requestId: string;
  /** The Content-Security-Policy nonce of this response. */
  nonce: string;
}

export const define = createDefine<State>();
