import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { type Row, rowAt } from "@/lib/shared/justified_rows.ts";

/** The part of a long list that is in the document, and the height that stands for the rest. */
export interface RowWindow {
  from: number;
  to: number;
  /** Height of what is left out above, in px. */
  before: number;
  after: number;
  /** False until the screen has been looked at: then `to` is only a guess. */
  isMeasured: boolean;
}

/** How far beyond the screen rows are kept, in px: a page-down lands on pictures. */
const OVERSCAN = 1600;

interface RowWindowOptions {
  /** The element whose children are the rows' cards. */
  element: RefObject<HTMLElement>;
  count: number;
  /** Changes when the rows would: new cards, another view or density. */
  key: string;
  /** Rows of all cards for the element as it is now. */
  rows: (element: HTMLElement) => Row[];
  /** Space between rows, in px. */
  gap: (element: HTMLElement) => number;
}

/** Follows scrolling and resizing. Until the first measurement, and on the server, everything is in the window. */
export function useRowWindow({ element, count, key, rows, gap }: RowWindowOptions): RowWindow {
  const everything = { from: 0, to: count, before: 0, after: 0 };
  const [range, setRange] = useState({ ...everything, key: "" });

  useLayoutEffect(() => {
    const list = element.current;
    if (!list) return;
    let all: Row[] = [];
    let space = 0;
    let width = -1;
    let frame = 0;

    const look = () => {
      frame = 0;
      const offset = -list.getBoundingClientRect().top;
      const first = all[Math.max(0, rowAt(all, offset - OVERSCAN))];
      const lastIndex = rowAt(all, offset + innerHeight + OVERSCAN);
      const last = all[lastIndex];
      const end = all.at(-1);
      if (!first || !last || !end) return setRange({ ...everything, key });
      const after = lastIndex === all.length - 1
        ? 0
        : end.top + end.height - last.top - last.height - space;
      const next = {
        from: first.start,
        to: last.end,
        before: Math.max(0, first.top - space),
        after,
        key,
      };
      setRange((now) =>
        now.from === next.from && now.to === next.to && now.before === next.before &&
          now.after === next.after && now.key === next.key
          ? now
          : next
      );
    };
    const measure = () => {
      if (list.clientWidth === width) return;
      width = list.clientWidth;
      space = gap(list);
      all = rows(list);
      look();
    };
    const onScroll = () => frame ||= requestAnimationFrame(look);

    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(list);
    addEventListener("scroll", onScroll, { passive: true });
    return () => {
      resized.disconnect();
      removeEventListener("scroll", onScroll);
      cancelAnimationFrame(frame);
    };
  }, [key, count]);

  const { key: measuredFor, ...measured } = range;
  // Cards may have gone since the last measurement.
  return { ...measured, to: Math.min(range.to, count), isMeasured: measuredFor === key };
}
