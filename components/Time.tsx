import { formatExact, formatRelative } from "@/lib/shared/format.ts";

/** "3 weeks ago", with the exact time on hover and for machines. */
export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatExact(at)}>
      {formatRelative(at, Date.now())}
    </time>
  );
}
