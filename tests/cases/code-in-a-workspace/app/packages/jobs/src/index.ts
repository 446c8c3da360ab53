export { inngest } from "./client.js";
export * from "./events.js";
