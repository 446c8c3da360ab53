import { backgroundMaintenance } from "./maintenance";
import { processBackgroundJobs } from "./process";

export const backgroundFunctions = [
  processBackgroundJobs,
  backgroundMaintenance,
];
