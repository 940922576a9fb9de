import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Icon } from "@/components/Icon.tsx";

/** Keeps pages for when the server is away, and says when that is so. */
export default function Offline() {
  const offline = useSignal(false);
  useEffect(() => {
    // Browsers have it on HTTPS and on this machine only.
    navigator.serviceWorker?.register("/sw.js").catch(() => {
      // Blocked by a policy or a private window: the pages work without.
    });
    const look = () => offline.value = !navigator.onLine;
    look();
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return (
    <span role="status">
      {offline.value && (
        <span class="badge badge-warn" title="What you see was kept from earlier">
          <Icon name="ban" />
          Offline
        </span>
      )}
    </span>
  );
}
