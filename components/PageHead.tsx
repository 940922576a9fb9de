import type { ComponentChildren } from "preact";

interface PageHeadProps {
  title: string;
  /** A sentence under the title. */
  lead?: ComponentChildren;
  actions?: ComponentChildren;
}

export function PageHead({ title, lead, actions }: PageHeadProps) {
  return (
    <header class="page-head">
      <div>
        <h1>{title}</h1>
        {lead && <p>{lead}</p>}
      </div>
      {actions && <div class="actions">{actions}</div>}
    </header>
  );
}
