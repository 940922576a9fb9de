import type { ComponentChildren } from "preact";

interface PanelProps {
  /** Also the anchor that links elsewhere may lead to. */
  id: string;
  title: string;
  lead?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A titled part of a page. */
export function Panel({ id, title, lead, actions, children }: PanelProps) {
  return (
    <section class="panel part" aria-labelledby={`${id}-title`} id={id}>
      <header class="part-head">
        <div>
          <h2 id={`${id}-title`}>{title}</h2>
          {lead && <p>{lead}</p>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
