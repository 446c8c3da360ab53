/** Lists. */
const numbers = () => [5, 3, 9, 1, 3];
const users = () => [
  { name: "Ada", age: 36, team: "x" },
  { name: "Bob", age: 24, team: "y" },
  { name: "Cy", age: 36, team: "x" },
];

export const map = () => numbers().map((n, index) => n * index);
export const mapNumber = () => ["1", "2", "x"].map(Number);
export const mapString = () => [1, null, true].map(String);
export const mapParseInt = () => ["1", "2", "3"].map(parseInt);
export const filterBoolean = () => [0, 1, "", "a", null].filter(Boolean);
export const filterIndex = () =>
  numbers().filter((_, index) => index % 2 === 0);
export const reduce = () => numbers().reduce((sum, n) => sum + n, 0);
export const reduceNoStart = () => numbers().reduce((a, b) => Math.max(a, b));
export const reduceEmpty = () => ([] as number[]).reduce((a, b) => a + b);
export const reduceRight = () =>
  ["a", "b", "c"].reduceRight((text, part) => text + part, "");
export const reduceRightNoStart = () => [1, 2, 10].reduceRight((a, b) => a - b);
export const reduceObject = () =>
  users().reduce<Record<string, number>>(
    (all, { team }) => ({ ...all, [team]: (all[team] ?? 0) + 1 }),
    {},
  );
export const find = () => users().find((user) => user.age === 36)?.name;
export const findNone = () => users().find((user) => user.age === 1);
export const findIndex = () => users().findIndex((user) => user.name === "Cy");
export const findLast = () => numbers().findLast((n) => n > 2);
export const findLastIndex = () => numbers().findLastIndex((n) => n === 3);
export const findLastIndexNone = () => numbers().findLastIndex((n) => n === 30);
export const findLastOrder = () => {
  const seen: number[] = [];
  numbers().findLast((n) => {
    seen.push(n);
    return n === 9;
  });
  return seen;
};
export const some = () => numbers().some((n) => n > 8);
export const every = () => numbers().every((n) => n > 1);
export const everyEmpty = () => ([] as number[]).every((n) => n > 1);
export const includes = () => [
  numbers().includes(3),
  numbers().includes(3, 5),
  numbers().includes(3, -1),
];
export const includesNaN = () => [[NaN].includes(NaN), [NaN].indexOf(NaN)];
export const includesOther = () => ([1, 2, 3] as unknown[]).includes("2");
export const indexOf = () => [
  numbers().indexOf(3),
  numbers().indexOf(3, 2),
  numbers().indexOf(3, -1),
  numbers().indexOf(7),
];
export const lastIndexOf = () => [
  numbers().lastIndexOf(3),
  numbers().lastIndexOf(3, 3),
  numbers().lastIndexOf(3, -2),
];
export const lastIndexOfNone = () => [
  numbers().lastIndexOf(7),
  numbers().lastIndexOf(5, -6),
];
export const join = () => [
  numbers().join(),
  numbers().join(""),
  numbers().join(", "),
  [null, undefined, 1].join("-"),
];
export const joinNested = () => [1, [2, [3, 4]]].join(";");
export const slice = () => [
  numbers().slice(1, 3),
  numbers().slice(-2),
  numbers().slice(2, -1),
  numbers().slice(9),
];
export const concat = () => [1].concat([2, 3], 4, [[5]] as never);
export const push = () => {
  const list = [1];
  const length = list.push(2, 3);
  return { list, length };
};
export const unshift = () => {
  const list = [1];
  const length = list.unshift(2, 3);
  return { list, length };
};
export const popAndShift = () => {
  const list = numbers();
  return [list.pop(), list.shift(), list, [].pop()];
};
export const splice = () => {
  const list = numbers();
  const removed = list.splice(1, 2, 7, 8, 9);
  return { list, removed };
};
export const spliceOpen = () => {
  const list = numbers();
  return [list.splice(-2), list];
};
export const spliceNone = () => {
  const list = numbers();
  return [(list.splice as () => number[])(), list];
};
export const toSpliced = () => {
  const list = numbers();
  return [list.toSpliced(1, 1), list.toSpliced(0, 0, 4), list];
};
export const withIndex = () => [numbers().with(0, 7), numbers().with(-1, 7)];
export const withOutside = () => numbers().with(9, 1);
export const copyWithin = () => [1, 2, 3, 4, 5].copyWithin(0, 3);
export const copyWithinEnd = () => [1, 2, 3, 4, 5].copyWithin(1, 0, 3);
export const fill = () => [
  new Array<number>(3).fill(0),
  [1, 2, 3, 4].fill(9, 1, 3),
  [1, 2].fill(0, -1),
];
export const reverse = () => {
  const list = numbers();
  const same = list.reverse() === list;
  return { list, same };
};
export const toReversed = () => {
  const list = numbers();
  return [list.toReversed(), list];
};
export const sortNumbers = () => numbers().sort((a, b) => a - b);
export const sortDown = () => numbers().sort((a, b) => b - a);
export const sortDefault = () => [10, 9, 1, 100].sort();
export const sortTexts = () => ["b", "a", "C", "B", "é", "z"].sort();
export const sortUndefined = () => ["b", undefined, "a", undefined].sort();
export const sortStable = () =>
  users()
    .sort((a, b) => b.age - a.age)
    .map((user) => user.name);
export const sortLocale = () =>
  ["b", "a", "C", "B", "c", "A"].sort((a, b) => a.localeCompare(b));
export const sortMany = () =>
  Array.from({ length: 40 }, (_, index) => (index * 7) % 41).sort(
    (a, b) => a - b,
  );
export const toSorted = () => {
  const list = numbers();
  return [list.toSorted(), list];
};
export const flat = () => [
  [1, [2, [3, [4]]]].flat(),
  [1, [2, [3, [4]]]].flat(2),
  [1, [2, [3, [4]]]].flat(Infinity),
];
export const flatZero = () => [1, [2]].flat(0);
export const flatMap = () => numbers().flatMap((n) => [n, [n]]);
export const at = () => [
  numbers().at(0),
  numbers().at(-1),
  numbers().at(-9),
  numbers().at(9),
];
export const keys = () => [...numbers().keys()];
export const values = () => [...numbers().values()];
export const entries = () => [...numbers().entries()];
export const entriesLoop = () => {
  const out: string[] = [];
  for (const [index, value] of numbers().entries())
    out.push(`${index}=${value}`);
  return out;
};
export const next = () => {
  const iterator = [1, 2].values();
  return [iterator.next(), iterator.next(), iterator.next().done];
};
export const iteratorOnce = () => {
  const iterator = [1, 2, 3].values();
  iterator.next();
  return [[...iterator], [...iterator]];
};
export const forEach = () => {
  const out: number[] = [];
  numbers().forEach((n, index, list) => out.push(n + index + list.length));
  return out;
};
export const from = () => Array.from("abc");
export const fromLength = () => Array.from({ length: 3 });
export const fromLengthMap = () =>
  Array.from({ length: 3 }, (_, index) => index * 2);
export const fromSet = () => Array.from(new Set([1, 1, 2]));
export const fromMap = () =>
  Array.from(new Map([["a", 1]]), ([key, value]) => `${key}${value}`);
export const fromLike = () => Array.from({ length: 2, 0: "a", 1: "b" });
export const fromKeys = () => [...Array(3).keys()];
export const of = () => Array.of(3, 4);
export const isArray = () => [
  Array.isArray([]),
  Array.isArray({}),
  Array.isArray("a"),
  Array.isArray(new Map().keys()),
];
export const length = () => {
  const list = numbers();
  list.length = 2;
  return list;
};
export const lengthZero = () => {
  const list = numbers();
  list.length = 0;
  list.push(1);
  return list;
};
export const setIndex = () => {
  const list: unknown[] = [1];
  list[2] = 3;
  return [list.length, list[0], list[2]];
};
export const indexIn = () => [1 in [1, 2], 2 in [1, 2]];
export const missingProperty = () =>
  (numbers() as unknown as { then?: unknown }).then;
export const typeofMissing = () =>
  typeof (numbers() as unknown as { toISOString?: unknown }).toISOString;
export const typeofMethod = () => typeof numbers().map;
export const text = () => [
  String([1, [2, 3]]),
  `${[1, 2]}`,
  [] + "",
  [null] + "x",
];
export const spread = () => [...numbers(), ..."ab", ...new Set([1])];
export const maxSpread = () => Math.max(...numbers());
export const chunks = () => {
  const list = Array.from({ length: 7 }, (_, index) => index);
  const out: number[][] = [];
  for (let at = 0; at < list.length; at += 3) out.push(list.slice(at, at + 3));
  return out;
};
export const unique = () => [...new Set(numbers())];
export const zip = () =>
  numbers().map((n, index) => [n, users()[index]?.name ?? null]);
export const prototypeCall = () => Array.prototype.slice.call([1, 2, 3], 1);
export const frozen = () => {
  const list = Object.freeze([1, 2]) as number[];
  list.push(3);
  return list;
};
export const sumOfEmpty = () => ([] as number[]).reduce((a, b) => a + b, 0);
export const destructured = () => {
  const [first, , third = 7, ...rest] = numbers();
  return { first, third, rest };
};
export const swap = () => {
  let a = 1;
  let b = 2;
  [a, b] = [b, a];
  return [a, b];
};
