/** Objects. */
const user = () => ({ name: "Ada", age: 36, tags: ["x"] });
export const keys = () => [
  Object.keys(user()),
  Object.values(user()),
  Object.entries(user()),
];
export const order = () =>
  Object.keys({ b: 1, 2: 1, a: 1, 1: 1, "-1": 1, "01": 1 });
export const orderJson = () => JSON.stringify({ z: 1, 10: 2, 9: 3 });
export const orderLate = () => {
  const made: Record<string, number> = { x: 1 };
  made["5"] = 2;
  made["1"] = 3;
  return Object.keys(made);
};
export const entriesOfList = () => [
  Object.entries(["a", "b"]),
  Object.keys(["a"]),
  Object.values("ab"),
  Object.entries("hi"),
];
export const fromEntries = () => [
  Object.fromEntries([
    ["a", 1],
    ["b", 2],
  ]),
  Object.fromEntries(new Map([["x", 1]])),
];
export const fromEntriesMapped = () =>
  Object.fromEntries(
    Object.entries({ a: 1, b: 2 }).map(([key, value]) => [
      key.toUpperCase(),
      value * 2,
    ]),
  );
export const assign = () => {
  const target = { a: 1, b: 1 };
  const same =
    (Object.assign(target, { b: 2 }, null, { c: 3 }) as unknown) === target;
  return { target, same };
};
export const spread = () => ({
  a: 1,
  ...{ a: 2, b: 3 },
  ...null,
  ...undefined,
  b: 4,
});
export const spreadText = () => ({ ..."hi", ...[7] });
export const spreadGetter = () => {
  let count = 0;
  const from = {
    get a() {
      return ++count;
    },
  };
  const copy = { ...from };
  return [copy.a, copy.a, count];
};
export const omit = () => {
  const { age, ...rest } = user();
  return { age, rest };
};
export const defaults = () => {
  const {
    name,
    missing = "x",
    tags: [first] = [],
    deep: { inner = 5 } = {},
  } = user() as ReturnType<typeof user> & {
    missing?: string;
    deep?: { inner?: number };
  };
  return { name, missing, first, inner };
};
export const computed = () => {
  const key = "a" + 1;
  return { [key]: 1, [`${key}b`]: 2, [1 + 1]: 3 };
};
export const optional = () => {
  const value: { a?: { b?: () => number; list?: number[] } } = {
    a: { b: () => 1 },
  };
  const none: typeof value = {};
  return [
    value.a?.b?.(),
    none.a?.b?.(),
    none.a?.list?.[0],
    value.a?.list?.[0],
    none?.a?.b,
  ];
};
export const hasOwn = () => [
  Object.hasOwn({ a: 1 }, "a"),
  Object.hasOwn({ a: 1 }, "b"),
  { a: 1 }.hasOwnProperty("a"),
  Object.prototype.hasOwnProperty.call({ a: undefined }, "a"),
];
export const inOperator = () => [
  "a" in { a: undefined },
  "b" in { a: 1 },
  "toString" in {},
  "length" in [1],
];
export const remove = () => {
  const value: Record<string, number> = { a: 1, b: 2, c: 3 };
  const key = "b";
  delete value.a;
  delete value[key];
  return [value, "a" in value, delete value.zzz];
};
export const getter = () => {
  const value = {
    first: "a",
    get both() {
      return this.first + "!";
    },
  };
  value.first = "b";
  return [value.both, Object.keys(value)];
};
export const setter = () => {
  const value = {
    inner: 1,
    set twice(n: number) {
      this.inner = n * 2;
    },
    get twice() {
      return this.inner;
    },
  };
  value.twice = 5;
  return [value.inner, value.twice];
};
export const getterOnly = () => {
  const value = {
    get a() {
      return 1;
    },
  };
  (value as { a: number }).a = 2;
  return value.a;
};
export const freeze = () => {
  const value = Object.freeze({ a: 1 }) as { a: number };
  try {
    value.a = 2;
    return "changed";
  } catch (error) {
    return [
      error instanceof TypeError,
      value.a,
      Object.isFrozen(value),
      Object.isFrozen({}),
    ];
  }
};
export const freezeShallow = () => {
  const value = Object.freeze({ inner: { a: 1 } });
  value.inner.a = 2;
  return value.inner.a;
};
export const seal = () => {
  const value = Object.seal({ a: 1 }) as { a: number; b?: number };
  value.a = 2;
  try {
    value.b = 1;
  } catch {
    return [value.a, "b" in value];
  }
  return "added";
};
export const defineProperty = () => {
  const value = Object.defineProperty(
    { a: 1 } as Record<string, number>,
    "hidden",
    { value: 2 },
  );
  return [value.hidden, Object.keys(value), JSON.stringify(value)];
};
export const defineGetter = () =>
  Object.defineProperty({} as { a?: number }, "a", {
    get: () => 3,
    enumerable: true,
  }).a;
export const defineProperties = () =>
  Object.defineProperties({} as Record<string, number>, {
    a: { value: 1, enumerable: true },
    b: { value: 2 },
  });
export const descriptor = () => [
  Object.getOwnPropertyDescriptor({ a: 1 }, "a"),
  Object.getOwnPropertyDescriptor({}, "a"),
];
export const names = () => Object.getOwnPropertyNames({ a: 1, b: 2 });
export const is = () => [
  Object.is(NaN, NaN),
  Object.is(0, -0),
  Object.is("a", "a"),
  Object.is({}, {}),
];
export const createNull = () => {
  const value = Object.create(null) as Record<string, number>;
  value.a = 1;
  return [Object.keys(value), "toString" in {}];
};
export const text = () => [
  String({}),
  `${{}}`,
  {} + "",
  String({ toString: () => "me" }),
];
export const toStringMethod = () => ({ a: 1 }).toString();
export const identity = () => {
  const a = {};
  const b = a;
  return [a === b, a === ({} as unknown), [a].includes(b), [{}].includes(a)];
};
export const symbolKeys = () => {
  const key = Symbol("k");
  const value = { [key]: 1, a: 2 };
  return [
    value[key],
    Object.keys(value),
    JSON.stringify(value),
    { ...value }[key],
  ];
};
export const symbols = () => [
  Symbol("a") === Symbol("a"),
  Symbol.for("a") === Symbol.for("a"),
  typeof Symbol("a"),
  String(Symbol("a")),
  Symbol("a").description,
];
export const nested = () => {
  const state = { a: { b: { c: 1 } } };
  const next = { ...state, a: { ...state.a, b: { ...state.a.b, d: 2 } } };
  return [state, next];
};
export const structured = () => {
  const value = {
    list: [1, { a: 1 }],
    when: new Date(0),
    map: new Map([["a", 1]]),
  };
  const copy = structuredClone(value);
  copy.list.push(2);
  (copy.list[1] as { a: number }).a = 5;
  return [
    value.list,
    copy.list,
    copy.when.toISOString(),
    copy.map.get("a"),
    copy.when === value.when,
  ];
};
export const methods = () => {
  const counter = {
    n: 0,
    up() {
      this.n += 1;
      return this;
    },
  };
  return counter.up().up().n;
};
export const detached = () => {
  const value = {
    n: 1,
    get() {
      return this?.n;
    },
  };
  const { get } = value;
  return get.call({ n: 5 });
};
export const bind = () => {
  function add(this: { n: number }, a: number, b: number) {
    return this.n + a + b;
  }
  return [
    add.bind({ n: 1 }, 2)(3),
    add.apply({ n: 1 }, [1, 1]),
    add.call({ n: 2 }, 1, 1),
  ];
};
export const forIn = () => {
  const out: string[] = [];
  for (const key in { a: 1, b: 2 }) out.push(key);
  for (const key in ["x", "y"]) out.push(key);
  return out;
};
export const reflect = () => [
  Reflect.has({ a: 1 }, "a"),
  Reflect.get({ a: 1 }, "a"),
  Reflect.ownKeys({ a: 1, b: 2 }),
  Reflect.apply(Math.max, null, [1, 2]),
];
export const reflectSet = () => {
  const value: Record<string, number> = { a: 1 };
  return [
    Reflect.set(value, "b", 2),
    Reflect.deleteProperty(value, "a"),
    value,
  ];
};
export const constructorName = () => ({}).constructor.name;
export const enumLike = () => {
  const Status = { Open: "open", Closed: "closed" } as const;
  return Object.values(Status).includes("open" as never);
};
export const keysOfNull = () => Object.keys(null as never);
export const shorthand = () => {
  const a = 1;
  return (
    {
      a,
      b() {
        return 2;
      },
    }.b() + a
  );
};
export const numericKeys = () => ({ 1.5: "a", 1e3: "b" });
export const readNull = () => (null as unknown as { a: number }).a;
export const assignNull = () => {
  (undefined as unknown as { a: number }).a = 1;
};
export const proxyGet = () => {
  const source: Record<string, string> = { A: " 1 ", B: "x" };
  const read = new Proxy({} as Record<string, string>, {
    get(_target, key) {
      return source[String(key)]?.trim() ?? `no ${String(key)}`;
    },
  });
  const { A, C } = read;
  return [A, read.B, read["C"], C, read === read];
};
export const proxyOfTarget = () => {
  const client = new Proxy(
    { calls: 0, send: (name: string) => `sent ${name}` },
    {
      get: (target, key, receiver) =>
        key === "kind" ? "proxied" : Reflect.get(target, key, receiver),
    },
  );
  return [
    client.send("a"),
    client.calls,
    (client as unknown as { kind: string }).kind,
  ];
};
