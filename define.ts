import { createDefine } from "fresh";
import type { Services } from "@/services.ts";
import type { Viewer } from "@/lib/access/viewer.ts";
import type { Client } from "@/lib/http/address.ts";

/**
 * What every request carries. Inline `<style>` and `<script>` get their nonce from the renderer: one set by
 * hand would not match the policy of the page.
 */
export interface State {
  services: Services;
  /** Until the request was admitted, and on public paths: an anonymous viewer who sees nothing. */
  viewer: Viewer;
  client: Client;
  requestId: string;
}

export const define = createDefine<State>();
