import { Icon } from "./Icon.tsx";

interface StarsProps {
  rating: number;
  /** Names the thing in the buttons' labels. */
  name: string;
}

/** Five submit buttons named `rating`; pressing the one that is set takes the rating away. */
export function Stars({ rating, name }: StarsProps) {
  return (
    <span
      class="stars"
      role="group"
      aria-label={`Your rating: ${rating === 0 ? "none" : `${rating} of 5`}`}
    >
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="submit"
          name="rating"
          value={stars === rating ? 0 : stars}
          data-on={stars <= rating ? "" : undefined}
          aria-pressed={stars === rating}
          aria-label={`${stars} of 5 for ${name}`}
        >
          <Icon name="star" />
        </button>
      ))}
    </span>
  );
}
