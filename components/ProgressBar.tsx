interface ProgressBarProps {
  /** 0 to 1; null while nobody knows how much there is. */
  share: number | null;
  label: string;
}

/** How far something is. An SVG, because its width may be an attribute where a style may not. */
export function ProgressBar({ share, label }: ProgressBarProps) {
  const percent = share === null ? undefined : Math.floor(share * 100);
  return (
    <svg
      class={share === null ? "meter progress is-unknown" : "meter progress"}
      viewBox="0 0 100 1"
      preserveAspectRatio="none"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <rect width={share === null ? 30 : share * 100} height="1" />
    </svg>
  );
}
