/** Functions. */
import { AsyncLocalStorage } from "node:async_hooks";

export const defaults = () => {
  const f = (a: number, b = a * 2, { c = 3 } = {}) => [a, b, c];
  return [f(1), f(1, 5), f(1, undefined, { c: 9 })];
};
export const rest = () => {
  const f = (first: number, ...others: number[]) => [first, others];
  return [f(1), f(1, 2, 3)];
};
export const spreadCall = () => {
  const f = (...all: number[]) => all.length;
  return f(...[1, 2], 3, ...new Set([4]));
};
export const recursion = () => {
  const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));
  return fib(12);
};
export const closure = () => {
  const make = () => {
    let n = 0;
    return { up: () => ++n, get: () => n };
  };
  const a = make();
  const b = make();
  a.up();
  a.up();
  b.up();
  return [a.get(), b.get()];
};
export const curry = () =>
  (
    (a: number) => (b: number) =>
      a + b
  )(1)(2);
export const compose = () =>
  [(n: number) => n + 1, (n: number) => n * 2].reduce(
    (all, f) => (n) => f(all(n)),
    (n: number) => n,
  )(3);
export const names = () => {
  function named() {
    return 1;
  }
  const object = {
    method() {
      return 1;
    },
  };
  return [named.name, object.method.name];
};
export const lengths = () => [
  ((a: number, b: number) => a + b).length,
  ((a = 1) => a).length,
  ((a: number, ...b: number[]) => a + b.length).length,
];
export const iife = () =>
  (() => {
    const x = 2;
    return x * 2;
  })();
export const memo = () => {
  const seen = new Map<number, number>();
  let calls = 0;
  const f = (n: number) => {
    const known = seen.get(n);
    if (known !== undefined) return known;
    calls++;
    seen.set(n, n * n);
    return n * n;
  };
  return [f(3), f(3), calls];
};
export const callbacks = () => {
  const run = (f: (n: number) => number, n: number) => f(n);
  return [run(Math.abs, -1), run((n) => n + 1, 1)];
};
export const destructuredParameters = () =>
  (({ a, b: { c } }: { a: number; b: { c: number } }, [d]: number[]) => [
    a,
    c,
    d,
  ])({ a: 1, b: { c: 2 } }, [3]);
export const argumentsLength = () => {
  function f() {
    return arguments.length;
  }
  return (f as (...all: number[]) => number)(1, 2, 3);
};
export const thisOf = () => {
  const object = {
    n: 1,
    f() {
      return [1].map((x) => x + this.n);
    },
  };
  return object.f();
};
export const returnsNothing = () => (() => {})();
export const early = () => {
  const f = (n: number) => {
    if (n > 1) return "big";
    return "small";
  };
  return [f(1), f(2)];
};
export const partial = () => {
  const f = (a: number, b: number, c: number) => [a, b, c];
  return f.bind(null, 1)(2, 3);
};
export const pipeline = () =>
  ["  a,B ,c"]
    .flatMap((t) => t.split(","))
    .map((t) => t.trim().toLowerCase())
    .filter(Boolean);
export const mutual = () => {
  const even = (n: number): boolean => n === 0 || odd(n - 1);
  const odd = (n: number): boolean => n !== 0 && even(n - 1);
  return even(10);
};
export const asyncArrow = async () => {
  const f = async (n: number) => n + 1;
  return (await f(1)) + (await f(2));
};
export const properties = () => {
  const f = Object.assign(() => 1, { label: "x" });
  return [f(), f.label];
};
const filled: Record<string, () => string> = {};
["a", "b"].forEach((name) => {
  filled[name] = () => name;
});
const noted: string[] = [];
const note = (name: string) => noted.push(name);
export const filledByAFunction = () => {
  note("x");
  note("y");
  return [Object.keys(filled), filled["b"]?.(), noted];
};
const next = (() => {
  let count = 0;
  return () => ++count;
})();
const ticket = () => `t${next()}`;
export const countsInAFunction = () => [ticket(), ticket(), ticket()];
export const argumentsOfArrow = () => {
  function outer() {
    const inner = () => arguments.length;
    return [inner(), ...Array.from(arguments as ArrayLike<unknown>)];
  }
  return (outer as (...all: unknown[]) => unknown)(1, "b");
};
const kept = new AsyncLocalStorage<string>();
export const storage = async () => {
  const said = () => kept.getStore() ?? "nothing";
  const later = async () => {
    await Promise.resolve();
    return said();
  };
  return [
    said(),
    kept.run("a", said),
    await kept.run("a", later),
    kept.run("a", () => [said(), kept.run("b", said), kept.exit(said), said()]),
    said(),
  ];
};
