/** Promises. */
import { setTimeout as delay } from "node:timers/promises";

const no = (reason: string) => Promise.reject(new Error(reason));
export const awaits = async () => [
  await 1,
  await Promise.resolve(2),
  await Promise.resolve(Promise.resolve(3)),
];
export const all = async () =>
  await Promise.all([1, Promise.resolve(2), (async () => 3)()]);
export const allEmpty = async () => await Promise.all([]);
export const allRejected = async () => await Promise.all([1, no("x")]);
export const allMap = async () =>
  await Promise.all(["a", "b"].map(async (text, index) => text + index));
export const allSettled = async () =>
  (await Promise.allSettled([1, no("x")])).map((one) =>
    one.status === "fulfilled" ? one.value : (one.reason as Error).message,
  );
export const any = async () => await Promise.any([no("x"), Promise.resolve(2)]);
export const anyRejected = async () => {
  try {
    return await Promise.any([no("x"), no("y")]);
  } catch (error) {
    return [
      error instanceof AggregateError,
      (error as AggregateError).errors.length,
    ];
  }
};
export const race = async () =>
  await Promise.race([Promise.resolve(1), Promise.resolve(2)]);
export const thens = async () =>
  await Promise.resolve(1)
    .then((n) => n + 1)
    .then(async (n) => n * 2);
export const catches = async () =>
  await no("x").catch((error: Error) => error.message);
export const finallys = async () => {
  const seen: string[] = [];
  const value = await Promise.resolve(1).finally(() => seen.push("done"));
  return [value, seen];
};
export const thenRejected = async () =>
  await no("x").then(
    () => 1,
    () => 2,
  );
export const thrown = async () => {
  try {
    await no("x");
    return "kept";
  } catch (error) {
    return (error as Error).message;
  } finally {
    await Promise.resolve();
  }
};
export const executor = async () =>
  await new Promise<number>((resolve) => {
    resolve(5);
  });
export const executorRejects = async () =>
  await new Promise((_, reject) => {
    reject(new TypeError("no"));
  });
export const executorThrows = async () =>
  await new Promise(() => {
    throw new RangeError("no");
  });
export const firstWins = async () =>
  await new Promise<number>((resolve, reject) => {
    resolve(1);
    reject(new Error("x"));
    resolve(2);
  });
export const reduceChain = async () =>
  await [1, 2, 3].reduce(async (sum, n) => (await sum) + n, Promise.resolve(0));
export const loop = async () => {
  const out: number[] = [];
  for (const n of [1, 2]) out.push(await Promise.resolve(n));
  for await (const n of [Promise.resolve(3), 4]) out.push(n);
  return out;
};
export const kind = () => [
  Promise.resolve() instanceof Promise,
  typeof Promise.resolve().then,
];
export const retry = async () => {
  let attempts = 0;
  const run = async () => {
    attempts += 1;
    if (attempts < 3) throw new Error("again");
    return attempts;
  };
  for (let n = 0; n < 5; n++) {
    try {
      return await run();
    } catch {
      continue;
    }
  }
  return -1;
};
export const rethrown = async () => {
  try {
    await no("inner");
  } catch (error) {
    throw new RangeError("outer", { cause: error });
  }
};
const after = <T>(ms: number, value: T) =>
  new Promise<T>((resolve) => setTimeout(resolve, ms, value));
const within = <T>(promise: Promise<T>, ms: number) =>
  new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("timeout")), ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
export const cleared = async () => {
  let slow = false;
  const timer = setTimeout(() => {
    slow = true;
  }, 5);
  const value = await Promise.resolve(1);
  clearTimeout(timer);
  return [value, slow];
};
export const notFired = async () => {
  const seen: string[] = [];
  const timer = setTimeout(() => seen.push("late"), 5).unref();
  await Promise.resolve();
  const before = seen.length;
  await after(9, 0);
  clearTimeout(timer);
  return [before, seen];
};
export const withinTime = async () => await within(Promise.resolve(1), 50);
export const withinTimeThrows = async () =>
  await within(no("x"), 50).catch((error: Error) => error.message);
export const raceOfTimers = async () =>
  await Promise.race([after(20, "late"), after(1, "soon")]);
export const raceWithATimerFirst = async () =>
  await Promise.race([after(5, "late"), Promise.resolve("soon")]);
export const sleeps = async () => [await delay(1, "value"), await delay(1)];
