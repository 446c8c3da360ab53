export { type RouteHandler, withCronAuth } from "./cron";
