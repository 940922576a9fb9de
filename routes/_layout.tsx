import { define } from "@/define.ts";
import { Icon } from "@/components/Icon.tsx";
import { Rail } from "@/components/frame/Rail.tsx";
import JobRing from "@/islands/JobRing.tsx";
import Offline from "@/islands/Offline.tsx";
import SearchBox from "@/islands/SearchBox.tsx";
import Toasts from "@/islands/Toasts.tsx";
import Tray from "@/islands/Tray.tsx";
import { cardView } from "@/lib/shared/card_view.ts";
import { formatCount } from "@/lib/shared/format.ts";
import { shareDone } from "@/lib/shared/job_share.ts";

/** The frame of every page: rail, search, tray. Pages that stand alone skip it. */
export default define.layout(async ({ Component, state, url }) => {
  const { catalog, jobs } = state.services;
  const [active, running] = await Promise.all([
    catalog.activeSet(state.viewer),
    jobs.list({ status: "running", limit: 20 }),
  ]);
  return (
    <div class="frame">
      <a class="skip btn btn-primary" href="#main">Skip to the content</a>
      <Rail pathname={url.pathname}>
        <JobRing
          jobs={running.map(({ id, progress }) => ({ id, share: shareDone(progress) }))}
        />
      </Rail>
      <header class="bar">
        <SearchBox q={url.pathname === "/" ? url.searchParams.get("q") ?? "" : ""} />
        <Offline />
        <button type="button" class="btn bar-active" popovertarget="tray">
          <Icon name="layers" />
          <span class="num">{formatCount(active.length)}</span>
          <span class="sr-only">active: open the tray</span>
        </button>
      </header>
      <main id="main" class="page" tabIndex={-1}>
        <Component />
      </main>
      <Tray items={active.map(cardView)} blurFrom={state.viewer.nsfwBlurFrom} />
      <Toasts />
    </div>
  );
});
