import { offerFirstTouchSlots } from "@/lib/emailbison-first-touch-availability";

import { createCronFunction } from "./create";

export default createCronFunction({
  job: "emailbison-availability-slot",
  work: offerFirstTouchSlots,
});
