/** Holds the lock of the data folder in its first argument until it is killed. */
import { DataDirLock } from "@/lib/db/lock.ts";

const lock = await DataDirLock.acquire(Deno.args[0]!);
await lock.setAddress("http://127.0.0.1:4321");
await Deno.stdout.write(new TextEncoder().encode("held\n"));
await new Promise((done) => setTimeout(done, 2 ** 30));
