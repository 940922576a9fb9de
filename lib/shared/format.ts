const BYTE_UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** "143 MB": decimal units as file managers show them, three significant figures; "unknown size" for null. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null || !Number.isFinite(bytes)) return "unknown size";
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toPrecision(2))} ${
    BYTE_UNITS[unit]
  }`;
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** "12,431" */
export const formatCount = (count: number): string => whole.format(count);

/** "12.4K", for places where the exact number is beside the point. */
export const formatCompact = (count: number): string => compact.format(count);

/** "1 file", "12,431 files" */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** "0.85": at most three decimals and never "-0", which is how the token writes it. */
export const formatWeight = (weight: number): string => String(Number(weight.toFixed(3)) + 0);

/** "4.2 s", "3 min 20 s", "2 h 5 min" */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 1) return `${Math.round(ms)} ms`;
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joinUnits(minutes, "min", Math.round(seconds % 60), "s");
  return joinUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

const joinUnits = (major: number, majorUnit: string, minor: number, minorUnit: string): string =>
  minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const SPANS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_556_952],
  ["month", 2_629_746],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** "3 weeks ago", seen from `now`; the exact time belongs in the `title`. */
export function formatRelative(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (Number.isNaN(seconds)) return "unknown";
  for (const [unit, size] of SPANS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return "just now";
}

/** "2024-05-01 17:03 UTC" */
export const formatExact = (iso: string): string =>
  Number.isNaN(Date.parse(iso))
    ? iso
    : `${new Date(iso).toISOString().slice(0, 16).replace("T", " ")} UTC`;
