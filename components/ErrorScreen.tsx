import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";

interface ErrorScreenProps {
  status: number;
  title: string;
  children: ComponentChildren;
  requestId?: string;
}

/** A page that could not be shown: what happened and where to go. Needs nothing from the services. */
export function ErrorScreen({ status, title, children, requestId }: ErrorScreenProps) {
  return (
    <main class="empty">
      <Icon name="circle-alert" />
      <p class="num text-faint">{status}</p>
      <h1>{title}</h1>
      <p>{children}</p>
      <div class="actions">
        <a class="btn btn-primary" href="/">Go to the library</a>
      </div>
      {requestId && (
        <p class="text-xs">
          Request <code>{requestId}</code>
        </p>
      )}
    </main>
  );
}
