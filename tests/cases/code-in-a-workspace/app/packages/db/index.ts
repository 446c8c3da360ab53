import { createClient } from "some-database";

export const db = createClient();
