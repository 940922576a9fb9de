import type { Config } from "@/lib/config.ts";

/** `fail`: the application will not work. `warn`: a part of it will not. */
export interface Finding {
  level: "ok" | "warn" | "fail";
  what: string;
  /** What to do about it. */
  mend?: string;
}

export type Check = (config: Config) => Promise<Finding[]>;
