/** Operators. */
const any = (value: unknown) => value as never;
export const logical = () => [
  0 || "a",
  0 ?? "a",
  null ?? "b",
  "" && "c",
  1 && 2,
  !0,
  !!"x",
];
export const assignLogical = () => {
  let a: unknown = 0;
  let b: unknown = null;
  let c: unknown = 1;
  a ||= 5;
  b ??= 6;
  c &&= 7;
  const object: Record<string, number> = { n: 0 };
  object.n ??= 1;
  object.m ??= 2;
  return [a, b, c, object];
};
export const assignOperators = () => {
  let n = 10;
  n += 5;
  n -= 3;
  n *= 2;
  n /= 4;
  n %= 4;
  n **= 3;
  n <<= 2;
  n >>= 1;
  n |= 1;
  n &= 7;
  n ^= 2;
  let text = "a";
  text += 1;
  return [n, text];
};
export const strict = () => [
  1 === any("1"),
  null === any(undefined),
  NaN === NaN,
  "a" === "a",
];
export const loose = () => [
  1 == any("1"),
  null == undefined,
  0 == any(""),
  "1" == any([1]),
  null == any(0),
  true == any("1"),
  [] == any(""),
  any({}) == "[object Object]",
];
export const relational = () => [
  1 < 2,
  "a" < "b",
  any("10") > 9,
  null! >= 0,
  undefined! > 0,
  "a" < any(1),
  any([2]) > 1,
];
export const typeofs = () => [
  typeof undefined,
  typeof null,
  typeof true,
  typeof 1,
  typeof "",
  typeof {},
  typeof [],
  typeof (() => 1),
  typeof class {},
  typeof new Date(0),
  typeof /a/,
];
export const typeofMissing = () =>
  typeof (globalThis as { notThere?: unknown }).notThere;
export const voids = () => [void 0, void "x"];
export const comma = () => {
  let a = 0;
  const b = (a++, a++, a * 10);
  return [a, b];
};
export const conditional = () => [1 ? "a" : "b", 0 ? "a" : null ? "c" : "d"];
export const sums = () => [
  1 + any("2"),
  any("1") + 2,
  1 + any(null),
  1 + any(undefined),
  1 + any(true),
  any([1]) + any([2]),
  any({}) + "x",
  any(null) + "x",
];
export const precedence = () => [
  2 + 3 * 4,
  (2 + 3) * 4,
  2 ** (3 ** 2),
  -(2 ** 2),
  10 - 2 - 3,
  (7 & 3) | 8,
];
export const increments = () => {
  let n = 1;
  const object = { n: 5 };
  return [n++, n, ++n, n--, --n, object.n++, ++object.n];
};
export const shortCircuit = () => {
  const seen: string[] = [];
  const note = (text: string) => {
    seen.push(text);
    return text;
  };
  note("a") || note("b");
  "" && note("c");
  null ?? note("d");
  return seen;
};
export const inList = () => [
  "a" in { a: 1 },
  any("0") in ["x"],
  any(1) in ["x"],
];
export const instance = () => [
  [] instanceof Array,
  {} instanceof Object,
  new TypeError() instanceof Error,
  any("a") instanceof String,
  (() => 1) instanceof Function,
];
export const optionalCall = () => {
  const object: { run?: () => string } = {};
  return [
    object.run?.(),
    object.run?.().length,
    (object as { a?: { b: { c: number } } }).a?.b.c,
  ];
};
export const deletes = () => {
  const list = [1, 2, 3];
  delete list[1];
  return [list.length, list[1]];
};
export const valueOf = () => {
  const money = { valueOf: () => 5, toString: () => "five" };
  return [`${money}`];
};
export const bitFlags = () => {
  const Read = 1,
    Write = 2;
  const all = Read | Write;
  return [(all & Write) !== 0, all & ~Read, all ^ Read];
};
export const nullish = () => [
  null?.["a" as never],
  undefined ?? null ?? 0,
  (false as boolean | null) ?? true,
];
export const valueOfFive = () => {
  const five = { valueOf: () => 5 };
  return [
    +(five as unknown as number),
    (five as unknown as number) * 2,
    `${five as unknown as string}`,
    (five as unknown as number) + 1,
    (five as unknown as number) < 6,
  ];
};
export const primitive = () => {
  class Length {
    [Symbol.toPrimitive](hint: string) {
      return hint === "number" ? 5 : `${hint}!`;
    }
  }
  const length = new Length() as unknown as number;
  return [+length, `${length}`, length + "", Number(length), String(length)];
};
export const textOfInstance = () => {
  class Name {
    constructor(private readonly name: string) {}
    toString() {
      return this.name;
    }
  }
  const name = new Name("a") as unknown as string;
  return [name + "b", `${name}c`, [name, "d"].join("-")];
};
