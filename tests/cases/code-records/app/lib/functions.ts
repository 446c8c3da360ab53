import { inngest } from "./inngest";
import { write } from "./records";
import { work } from "./work";

const failed = (jobName: string) =>
  async ({ event, step }: { event: any; step: any }) => {
    const { dispatchKey, requestedAt } = event.data.event.data;
    const runId = event.data.run_id;
    await step.run("failed", () => write({ jobName, status: "failed", dispatchKey, requestedAt, runId, attempt: 3 }));
  };

export const functions = [
  inngest.createFunction(
    { id: "plain", onFailure: failed("plain") },
    { event: "report/plain" },
    async ({ event, step, runId, attempt }) => {
      const record = { jobName: "plain", dispatchKey: event.data.dispatchKey, requestedAt: event.data.requestedAt, runId, attempt };
      await step.run("running", () => write({ ...record, status: "running" }));
      const done = await step.run("work", () => work("plain"));
      await step.run("succeeded", () => write({ ...record, status: "succeeded" }));
      return done;
    },
  ),
  inngest.createFunction(
    { id: "late", onFailure: failed("late") },
    { event: "report/late" },
    async ({ event, step, runId, attempt }) => {
      const record = { jobName: "late", dispatchKey: event.data.dispatchKey, requestedAt: event.data.requestedAt, runId, attempt };
      const done = await step.run("work", () => work("late"));
      await step.run("running", () => write({ ...record, status: "running" }));
      console.log("late", done);
      await step.run("succeeded", () => write({ ...record, status: "succeeded" }));
      return done;
    },
  ),
  inngest.createFunction(
    { id: "between", onFailure: failed("between") },
    { event: "report/between" },
    async ({ event, step, runId, attempt }) => {
      const record = { jobName: "between", dispatchKey: event.data.dispatchKey, requestedAt: event.data.requestedAt, runId, attempt };
      const done = await step.run("work", () => work("between"));
      await step.run("running", () => write({ ...record, status: "running" }));
      await step.run("more", () => work("more"));
      await step.run("succeeded", () => write({ ...record, status: "succeeded" }));
      return done;
    },
  ),
  inngest.createFunction(
    { id: "turned", onFailure: failed("turned") },
    { event: "report/turned" },
    async ({ event, step, runId, attempt }) => {
      const record = { jobName: "turned", dispatchKey: event.data.dispatchKey, requestedAt: event.data.requestedAt, runId, attempt };
      await step.run("running", () => write({ ...record, status: "running" }));
      const done = await step.run("work", () => work("turned"));
      await step.run("succeeded", () => write({ ...record, status: "succeeded" }));
      await step.run("again", () => write({ ...record, status: "running" }));
      return done;
    },
  ),
  inngest.createFunction(
    { id: "silent", onFailure: failed("silent") },
    { event: "report/silent" },
    async ({ event, step, runId, attempt }) => {
      const record = { jobName: "silent", dispatchKey: event.data.dispatchKey, requestedAt: event.data.requestedAt, runId, attempt };
      await step.run("running", () => write({ ...record, status: "running" }));
      const done = await step.run("work", () => work("silent"));
      return done;
    },
  ),
  inngest.createFunction(
    { id: "sometimes", onFailure: failed("sometimes") },
    { event: "report/sometimes" },
    async ({ event, step, runId, attempt }) => {
      const record = { jobName: "sometimes", dispatchKey: event.data.dispatchKey, requestedAt: event.data.requestedAt, runId, attempt };
      await step.run("running", () => write({ ...record, status: "running" }));
      const done = await step.run("work", () => work("sometimes"));
      if (done.rows > 0) {
        await step.run("succeeded", () => write({ ...record, status: "succeeded" }));
      }
      return done;
    },
  ),
  inngest.createFunction(
    { id: "throws", onFailure: failed("throws") },
    { event: "report/throws" },
    async ({ event, step, runId, attempt }) => {
      const record = { jobName: "throws", dispatchKey: event.data.dispatchKey, requestedAt: event.data.requestedAt, runId, attempt };
      await step.run("running", () => write({ ...record, status: "running" }));
      await step.run("work", () => work("throws"));
      throw new Error("not yet");
    },
  ),
  inngest.createFunction(
    { id: "dates", onFailure: async ({ event, step }) => {
        const { dispatchKey, requestedAt } = event.data.event.data;
        const seconds = Math.floor(Date.parse(requestedAt) / 1000);
        const record = { jobName: "dates", dispatchKey, requestedAt: seconds, runId: event.data.run_id, attempt: 3 };
        await step.run("failed", () => write({ ...record, status: "failed" }));
      } },
    { event: "report/dates" },
    async ({ event, step, runId, attempt }) => {
      const record = { jobName: "dates", dispatchKey: event.data.dispatchKey, requestedAt: event.data.requestedAt, runId, attempt };
      await step.run("running", () => write({ ...record, requestedAt: new Date(event.data.requestedAt), status: "running" }));
      const done = await step.run("work", () => work("dates"));
      await step.run("succeeded", () => write({ ...record, requestedAt: Date.parse(event.data.requestedAt), status: "succeeded" }));
      return done;
    },
  ),
  inngest.createFunction(
    { id: "other-run", onFailure: async ({ event, step, runId }) => {
        const { dispatchKey, requestedAt } = event.data.event.data;
        const record = { jobName: "other-run", dispatchKey, requestedAt, runId, attempt: 3 };
        await step.run("failed", () => write({ ...record, status: "failed" }));
      } },
    { event: "report/other-run" },
    async ({ event, step, runId, attempt }) => {
      const record = { jobName: "other-run", dispatchKey: event.data.dispatchKey, requestedAt: event.data.requestedAt, runId, attempt };
      await step.run("running", () => write({ ...record, runId: event.id ?? null, status: "running" }));
      const done = await step.run("work", () => work("other-run"));
      await step.run("succeeded", () => write({ ...record, status: "succeeded" }));
      return done;
    },
  ),
  inngest.createFunction({ id: "spent" }, { event: "report/spent" }, async ({ event, step, runId, attempt }) => {
    const record = { jobName: "spent", dispatchKey: event.data.dispatchKey, requestedAt: event.data.requestedAt, runId, attempt };
    await step.run("running", () => write({ ...record, status: "running" }));
    try {
      const done = await step.run("work", () => work("spent"));
      await step.run("succeeded", () => write({ ...record, status: "succeeded" }));
      return done;
    } catch (error) {
      if (attempt >= 3) {
        await step.run("failed", () => write({ ...record, status: "failed" }));
      }
      throw error;
    }
  }),
  inngest.createFunction({ id: "cancelled" }, { event: "inngest/function.cancelled" }, async ({ event, step }) => {
    const { dispatchKey, requestedAt } = event.data.event.data;
    const record = { jobName: event.data.function_id, dispatchKey, requestedAt, runId: event.data.run_id, attempt: 0 };
    await step.run("cancelled", () => write({ ...record, status: "cancelled" }));
  }),
];
