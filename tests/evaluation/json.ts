/** JSON. */
export const simple = () => [
  JSON.stringify({ a: 1, b: [true, null, "x"] }),
  JSON.stringify('a"b\\\n\u0001'),
  JSON.stringify(null),
  JSON.stringify(1.5),
];
export const undefinedParts = () => [
  JSON.stringify({ a: undefined, b: () => 1, c: Symbol("x") }),
  JSON.stringify([undefined, () => 1]),
  JSON.stringify(undefined),
];
export const numbers = () => JSON.stringify([NaN, Infinity, -0, 1e21, 0.1]);
export const indent = () => [
  JSON.stringify({ a: [1, { b: 2 }], c: {}, d: [] }, null, 2),
  JSON.stringify([1], null, "--"),
  JSON.stringify({ a: 1 }, null, 0),
];
export const keep = () =>
  JSON.stringify({ a: 1, b: { a: 2, c: 3 }, c: 4 }, ["a", "b"]);
export const replacer = () =>
  JSON.stringify(
    { a: 1, secret: "x", list: [1, "y"] },
    (key, value: unknown) =>
      key === "secret"
        ? undefined
        : typeof value === "number"
          ? value * 2
          : value,
  );
export const replacerDate = () =>
  JSON.stringify({ at: new Date(0) }, (_, value: unknown) =>
    typeof value === "string" ? `<${value}>` : value,
  );
export const toJSON = () =>
  JSON.stringify({
    a: { toJSON: (key: string) => `made of ${key}` },
    at: new Date(5),
  });
export const toJSONClass = () => {
  class Money {
    constructor(private cents: number) {}
    toJSON() {
      return { amount: this.cents / 100 };
    }
  }
  return JSON.stringify([new Money(250)]);
};
export const classFields = () => {
  class Point {
    x = 1;
    #y = 2;
    get sum() {
      return this.x + this.#y;
    }
    static z = 3;
  }
  return JSON.stringify(new Point());
};
export const invalidDate = () => JSON.stringify({ at: new Date(NaN) });
export const parse = () =>
  [
    JSON.parse('{"a":[1,2,{"b":null}]}'),
    JSON.parse(" 1 "),
    JSON.parse('"\\u0041"'),
    JSON.parse("true"),
    JSON.parse("1.0"),
  ] as unknown[];
export const parseInvalid = () => {
  const bad = ["", "{a:1}", "'a'", "[1,]", "undefined", '{"a":1,}'];
  return bad.map((text) => {
    try {
      JSON.parse(text);
      return "parsed";
    } catch (error) {
      return error instanceof SyntaxError;
    }
  });
};
export const parseNull = () => JSON.parse(null as never) as unknown;
export const parseThrows = () => JSON.parse("{") as unknown;
export const reviver = () =>
  JSON.parse('{"at":"2024-01-01","n":[1,2],"drop":1}', (key, value: unknown) =>
    key === "drop" ? undefined : typeof value === "number" ? value + 1 : value,
  ) as unknown;
export const duplicate = () => JSON.parse('{"a":1,"b":2,"a":3}') as unknown;
export const roundTrip = () => {
  const value = { list: [{ a: 1 }], text: "é😀", none: null };
  const copy = JSON.parse(JSON.stringify(value)) as typeof value;
  copy.list[0]!.a = 2;
  return [value.list[0]!.a, copy.text];
};
export const error = () => JSON.stringify(new Error("x"));
export const errorFields = () =>
  JSON.stringify(Object.assign(new Error("x"), { code: 5 }));
export const separators = () => JSON.stringify("\u2028/");
export const keyOrder = () => JSON.stringify({ b: 1, a: 2, 1: 3 });
export const nestedEmpty = () =>
  JSON.stringify({ a: {}, b: [], c: [[]], d: "" });
export const boxed = () =>
  JSON.stringify({
    date: new Date(1),
    re: /a/,
    map: new Map(),
    set: new Set([1]),
  });
export const getter = () =>
  JSON.stringify({
    get a() {
      return 1;
    },
  });
export const safeParse = () => {
  const safe = (text: string) => {
    try {
      return { ok: true, value: JSON.parse(text) as unknown };
    } catch {
      return { ok: false };
    }
  };
  return [safe("{}"), safe("x")];
};
