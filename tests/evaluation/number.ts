/** Numbers. */
export const parse = () =>
  [
    "",
    " ",
    "12",
    " 12 ",
    "1e3",
    "0x1f",
    "0b11",
    "0o17",
    "1_000",
    "12px",
    "Infinity",
    "-Infinity",
    "--5",
    "+5",
    ".5",
    "5.",
    ".",
    "inf",
    "nan",
    "0x",
    "-0x1",
  ].map(Number);
export const convert = () => [
  Number(),
  Number(null),
  Number(undefined),
  Number(true),
  Number([]),
  Number([5]),
  Number([1, 2]),
  Number({}),
  Number([true]),
  Number([null]),
  Number(new Date(5)),
];
export const unaryPlus = () => [+"", +[], +{}, +null, +"1,5"] as unknown[];
export const parseInts = () =>
  ["12px", "0x1f", "  7", "-8.9", "abc", "", "1e3", "010", "+3"].map((text) =>
    parseInt(text),
  );
export const parseIntRadix = () => [
  parseInt("ff", 16),
  parseInt("0xff", 16),
  parseInt("11", 2),
  parseInt("z", 36),
  parseInt("9", 8),
  parseInt("10", 1),
  parseInt("10", 0),
  parseInt("12", 10),
];
export const parseFloats = () =>
  [
    "3.14abc",
    ".5",
    "-1e-3x",
    "abc",
    "1.2.3",
    "  2",
    "Infinity!",
    "1e",
    "-.5e1",
  ].map(parseFloat);
export const toFixed = () => [
  (2.5).toFixed(0),
  (1.005).toFixed(2),
  (1.45).toFixed(1),
  (-2.5).toFixed(0),
  (0.000001).toFixed(7),
  (1e21).toFixed(2),
  (10).toFixed(2),
  (0.5).toFixed(0),
  (1.5).toFixed(0),
  (8.345).toFixed(2),
  (-0.0000001).toFixed(2),
  (99.995).toFixed(2),
  NaN.toFixed(1),
];
export const toFixedRange = () => (1).toFixed(101);
export const toPrecision = () => [
  (123.456).toPrecision(4),
  (0.000123).toPrecision(2),
  (1e21).toPrecision(3),
  (123456).toPrecision(2),
  (0).toPrecision(3),
  (99.99).toPrecision(2),
  (1.25).toPrecision(2),
];
export const toExponential = () => [
  (12345).toExponential(2),
  (0.00015).toExponential(1),
  (12345).toExponential(),
  (1.25).toExponential(1),
  (9.99).toExponential(1),
];
export const toStringRadix = () => [
  (255).toString(16),
  (255).toString(2),
  (-255).toString(36),
  (35).toString(36),
  (0).toString(2),
  (12.5).toString(),
];
export const print = () =>
  [
    1e21,
    1e-7,
    123456789012345680000,
    0.1 + 0.2,
    -0,
    1 / 3,
    5e-324,
    1.7976931348623157e308,
    100,
    1e6,
  ].map(String);
export const math = () => [
  Math.floor(-1.5),
  Math.ceil(-1.5),
  Math.trunc(-1.5),
  Math.round(-1.5),
  Math.round(2.5),
  Math.round(-0.2),
  Math.round(0.49999999999999994),
  Math.abs(-3),
  Math.sign(-3),
  Math.sqrt(16),
];
export const minMax = () => [
  Math.min(),
  Math.max(),
  Math.min(1, "0" as never),
  Math.max(1, NaN),
  Math.max(...[1, 5, 3]),
  Math.min(0, -0),
];
export const powers = () => [
  Math.pow(2, 10),
  2 ** -1,
  (-2) ** 3,
  1 ** Infinity,
  NaN ** 0,
  10 ** 3,
  1.5 ** 2,
  2 ** 53,
  0 ** 0,
];
export const logs = () => [
  Math.log2(8),
  Math.log10(1000),
  Math.log(1),
  Math.exp(0),
  Math.cbrt(27),
  Math.hypot(3, 4),
  Math.log(0),
];
export const bitMath = () => [
  Math.clz32(1),
  Math.imul(3, 4),
  Math.fround(5.5),
  Math.imul(0xffffffff, 5),
];
export const constants = () => [
  Math.PI,
  Math.E,
  Math.LN2,
  Math.SQRT2,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  Number.EPSILON,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
];
export const checks = () => [
  Number.isInteger(5),
  Number.isInteger(5.5),
  Number.isInteger("5"),
  Number.isFinite(Infinity),
  Number.isNaN("x"),
  isNaN("x" as never),
  isFinite("5" as never),
  Number.isSafeInteger(2 ** 53),
];
export const remainder = () => [5 % 3, -5 % 3, 5 % -3, 5.5 % 2, 5 % 0, -4 % 2];
export const division = () => [1 / 0, -1 / 0, 0 / 0, 7 / 2];
export const bits = () => [
  5 & 3,
  5 | 3,
  5 ^ 3,
  ~5,
  1 << 31,
  -1 >>> 0,
  -8 >> 1,
  (2 ** 32) | 0,
  1 << 33,
  3.7 | 0,
];
export const increment = () => {
  let a: unknown = "5";
  const old = (a as number)++;
  return [old, a];
};
export const safe = () => 9007199254740992 + 1;
export const money = () => Math.round(19.99 * 100);
export const backoff = () =>
  [0, 1, 2, 3].map((attempt) => Math.min(1000 * 2 ** attempt, 5000));
export const clamp = () => [-5, 5, 50].map((n) => Math.min(Math.max(n, 0), 10));
export const percent = () => `${((1 / 3) * 100).toFixed(1)}%`;
export const average = () => [1, 2, 4].reduce((a, b) => a + b, 0) / 3;
export const separators = () => 1_000_000;
export const nanCompare = () => [
  NaN === NaN,
  NaN !== NaN,
  NaN < 1,
  [NaN].findIndex(Number.isNaN),
];
export const zero = () => [0 === -0, 1 / -0, Object.is(-0, 0)];
export const typeofs = () => [typeof 1, typeof NaN, typeof Number("1")];
export const missing = () => (5 as unknown as { foo?: number }).foo;
export const locale = () => (1234.5).toLocaleString("en-US");
export const fraction = () => (0.5).toString(2);
export const inexactPower = () => 1.1 ** 10;
export const sine = () => Math.sin(1);
export const bigint = () => (10n ** 20n).toString();
export const bigintOf = () => BigInt("12").toString();
export const range = () => (255).toString(1);
