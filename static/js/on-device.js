// What every page does for what is kept on this device.
import { watchLeaving } from "./leaving.js";
import { watchNetwork } from "./offline.js";
import { watch } from "./outbox.js";

await Promise.allSettled([watchNetwork(), watchLeaving(), watch()]);
