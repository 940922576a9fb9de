import { createApp } from "@/app.ts";
import { loadConfig } from "@/lib/config.ts";
import { offerToHost } from "@/lib/hosting.ts";
import { configureLogging } from "@/lib/log.ts";
import { openServices } from "@/services.ts";

const config = loadConfig();
configureLogging(config);
const services = await openServices(config);
try {
  await services.access.assertMayListen();
  await services.start();
} catch (error) {
  await services.close();
  throw error;
}

export const app = createApp(services);

offerToHost({
  config,
  listening: async (address) => await services.database.lock?.setAddress(address),
  beginClosing: () => services.beginClosing(),
  close: () => services.close(),
});

// A reload in development: the next evaluation needs the lock of the data folder.
import.meta.hot?.dispose(() => services.close());
