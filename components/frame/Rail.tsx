import type { ComponentChildren } from "preact";
import { Icon } from "../Icon.tsx";
import { currentPage, type PageLink, PAGES } from "./pages.ts";

interface RailProps {
  pathname: string;
  /** What stands at the foot: the ring of running jobs. */
  children?: ComponentChildren;
}

export function Rail({ pathname, children }: RailProps) {
  const current = currentPage(pathname);
  const at = (place: PageLink["rail"]) =>
    PAGES.filter(({ rail }) => rail === place).map((page) => (
      <li key={page.href}>
        <a
          class="rail-link"
          href={page.href}
          aria-current={page.href === current ? "page" : undefined}
        >
          <Icon name={page.icon} />
          {page.label}
        </a>
      </li>
    ));
  return (
    <nav class="rail" aria-label="Main">
      <a class="rail-mark" href="/" aria-label="LoRA Manager">
        <img src="/favicon.svg" width={28} height={28} alt="" />
      </a>
      <ul>{at("top")}</ul>
      <ul>
        {children && <li>{children}</li>}
        {at("foot")}
      </ul>
    </nav>
  );
}
