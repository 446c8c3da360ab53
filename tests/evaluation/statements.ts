/** Statements. */
export const ifs = () => {
  const out: string[] = [];
  for (const n of [0, 1, 2]) {
    if (n === 0) out.push("zero");
    else if (n === 1) out.push("one");
    else out.push("more");
  }
  return out;
};
export const loops = () => {
  const out: number[] = [];
  for (let i = 0; i < 5; i++) {
    if (i === 1) continue;
    if (i === 4) break;
    out.push(i);
  }
  let n = 3;
  while (n > 0) out.push(n--);
  do out.push(n++);
  while (n < 2);
  return out;
};
export const forever = () => {
  let n = 0;
  while (true) {
    n += 1;
    if (n > 20) break;
  }
  for (;;) {
    n += 1;
    if (n > 40) break;
  }
  return n;
};
export const labels = () => {
  const out: string[] = [];
  outer: for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      if (j === 1) continue outer;
      if (i === 2) break outer;
      out.push(`${i}${j}`);
    }
  }
  block: {
    out.push("in");
    if (out.length) break block;
    out.push("not");
  }
  return out;
};
export const labelledForOf = () => {
  const out: number[] = [];
  rows: for (const row of [
    [1, -1, 2],
    [3, 4],
  ]) {
    for (const n of row) {
      if (n < 0) continue rows;
      out.push(n);
    }
  }
  return out;
};
export const switches = () =>
  ["a", "b", "c", "d"].map((letter) => {
    switch (letter) {
      case "a":
        return 1;
      case "b":
      case "c": {
        const x = 2;
        return x;
      }
      default:
        return 3;
    }
  });
export const fallthrough = () => {
  const out: string[] = [];
  switch (2 as number) {
    case 1:
      out.push("1");
    case 2:
      out.push("2");
    case 3:
      out.push("3");
      break;
    case 4:
      out.push("4");
  }
  switch ("x" as string) {
    default:
      out.push("d");
    case "y":
      out.push("y");
  }
  return out;
};
export const switchTrue = () =>
  [5, 50].map((n) => {
    switch (true) {
      case n < 10:
        return "small";
      default:
        return "large";
    }
  });
export const tries = () => {
  const out: string[] = [];
  const run = () => {
    try {
      out.push("try");
      throw new Error("x");
    } catch (error) {
      out.push((error as Error).message);
      return "caught";
    } finally {
      out.push("finally");
    }
  };
  return [run(), out];
};
export const finallyWins = () => {
  try {
    return 1;
  } finally {
    return 2;
  }
};
export const nestedTry = () => {
  try {
    try {
      throw new TypeError("a");
    } finally {
      String(1);
    }
  } catch (error) {
    return error instanceof TypeError;
  }
  return false;
};
export const throwText = () => {
  try {
    throw "x";
  } catch (error) {
    return error;
  }
};
export const closures = () => {
  const made: (() => number)[] = [];
  for (let i = 0; i < 3; i++) made.push(() => i);
  for (const n of [10, 20]) made.push(() => n);
  return made.map((run) => run());
};
export const shadow = () => {
  const x = 1;
  {
    const x = 2;
    String(x);
  }
  return x;
};
export const hoisted = () => {
  return early();
  function early() {
    return 5;
  }
};
export const varScope = () => {
  if (true) {
    var inner = 7;
  }
  return inner;
};
export const destructuringLoop = () => {
  const out: string[] = [];
  for (const { name, tags: [first = "none"] = [] } of [
    { name: "a", tags: ["t"] },
    { name: "b" } as { name: string; tags?: string[] },
  ])
    out.push(name + first);
  return out;
};
export const assignPattern = () => {
  let a = 0,
    b = 0;
  const object = { x: 0 };
  ({
    a,
    b = 5,
    c: object.x,
  } = { a: 1, c: 9 } as { a: number; b?: number; c: number });
  return [a, b, object];
};
export const errors = () => {
  const error = new Error("m", { cause: "c" });
  return [
    error.message,
    error.cause,
    error.name,
    String(error),
    String(new TypeError()),
    new Error().message,
    error instanceof Error,
    "cause" in new Error("x"),
  ];
};
export const errorMessageKind = () => [
  new Error(5 as never).message,
  new Error(undefined).message,
];
export const enums = () => {
  enum Level {
    Low,
    High = 5,
    Next,
  }
  enum Name {
    A = "a",
  }
  return [Level.Low, Level.High, Level.Next, Name.A];
};
export const enumReverse = () => {
  enum Level {
    Low,
    High,
  }
  return [Level[0], Level[Level.High], Object.keys(Level)];
};
export const whileAssign = () => {
  const queue = [1, 2, 3];
  let item: number | undefined;
  let sum = 0;
  while ((item = queue.shift()) !== undefined) sum += item;
  return sum;
};
export const existingTarget = () => {
  let last = 0;
  for (last of [1, 2, 3]) String(last);
  return last;
};
