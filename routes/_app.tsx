import { define } from "@/define.ts";

/** The document. The theme is an attribute, so that the first paint is already right. */
export default define.page(async ({ Component, state }) => {
  const { theme } = await state.services.settings.get();
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content={theme === "system" ? "dark light" : theme} />
        <title>LoRA Manager</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="manifest" href="/manifest.webmanifest" />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
});
