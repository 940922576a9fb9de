import { Head } from "fresh/runtime";
import { page, type RouteConfig } from "fresh";
import { z } from "zod";
import { Field } from "@/components/Field.tsx";
import { Icon } from "@/components/Icon.tsx";
import { Notice } from "@/components/Notice.tsx";
import { define } from "@/define.ts";
import { TooManyRequests } from "@/lib/errors.ts";
import { parseForm } from "@/lib/http/parse.ts";
import { pathWithin } from "@/lib/pages/back.ts";
import { refusalOf } from "@/lib/pages/refusal.ts";

/** Stands alone: the frame shows what only those inside may see. */
export const config: RouteConfig = { skipInheritedLayouts: true };

const LoginForm = z.object({ key: z.string().trim().min(1, "Enter a key").max(500) });

export const handler = define.handlers({
  async GET({ state, url, redirect }) {
    if (await state.services.access.isOpen()) return redirect(nextOf(url), 303);
    return page({ fault: undefined as string | undefined });
  },

  async POST({ req, state, url }) {
    try {
      const { key } = await parseForm(LoginForm, req);
      const cookie = await state.services.access.signIn(key, state.client);
      return new Response(null, {
        status: 303,
        headers: { location: nextOf(url), "set-cookie": cookie },
      });
    } catch (error) {
      const { status, faults } = refusalOf(error);
      const headers: HeadersInit = error instanceof TooManyRequests
        ? { "retry-after": String(error.retryAfterS) }
        : {};
      return page({ fault: faults.key ?? faults[""] }, { status, headers });
    }
  },
});

const nextOf = (url: URL): string => pathWithin(url, url.searchParams.get("next"));

export default define.page<typeof handler>(({ data, url }) => (
  <main class="gate">
    <Head>
      <title>Sign in – LoRA Manager</title>
    </Head>
    <img src="/favicon.svg" width={48} height={48} alt="" />
    <h1>LoRA Manager</h1>
    <form method="post" class="grid gap-4">
      {url.searchParams.has("out") && !data.fault && <Notice kind="ok">You are signed out.</Notice>}
      <Field
        id="key"
        label="API key"
        hint="Whoever runs this server can make one: deno task keys create."
        error={data.fault}
      >
        <input
          class="input mono"
          type="password"
          name="key"
          required
          autofocus
          autocomplete="current-password"
          spellcheck={false}
        />
      </Field>
      <button type="submit" class="btn btn-primary">
        <Icon name="log-in" />
        Sign in
      </button>
    </form>
  </main>
));
