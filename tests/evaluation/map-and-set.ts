/** Maps and sets. */
export const map = () => {
  const map = new Map<string, number>([["a", 1]]);
  map.set("b", 2).set("a", 3);
  return [
    [...map],
    map.size,
    map.get("a"),
    map.get("z"),
    map.has("b"),
    map.delete("a"),
    map.delete("a"),
    map.size,
  ];
};
export const duplicates = () => [
  ...new Map([
    ["a", 1],
    ["b", 2],
    ["a", 3],
  ]),
];
export const mapKeys = () => {
  const key = {};
  const map = new Map<unknown, number>([
    [key, 1],
    [NaN, 2],
    [0, 3],
  ]);
  return [map.get(key), map.get({}), map.get(NaN), map.get(-0), map.get("0")];
};
export const mapIterate = () => {
  const map = new Map([
    ["a", 1],
    ["b", 2],
  ]);
  const out: unknown[] = [
    [...map.keys()],
    [...map.values()],
    [...map.entries()],
  ];
  map.forEach((value, key) => out.push(key + value));
  for (const [key, value] of map) out.push(value + key);
  return out;
};
export const mapNext = () => {
  const map = new Map([
    ["old", 1],
    ["new", 2],
  ]);
  const oldest = map.keys().next().value;
  if (oldest !== undefined) map.delete(oldest);
  return [oldest, [...map.keys()]];
};
export const mapJson = () => [
  JSON.stringify(new Map([["a", 1]])),
  Object.fromEntries(new Map([["a", 1]])),
];
export const mapClear = () => {
  const map = new Map([["a", 1]]);
  map.clear();
  return map.size;
};
export const mapOfMap = () => [...new Map(new Map([["a", 1]]))];
export const set = () => {
  const set = new Set([1, 2, 2, NaN, NaN]);
  set.add(3).add(1);
  return [
    [...set],
    set.size,
    set.has(NaN),
    set.has(4),
    set.delete(1),
    set.delete(9),
    [...set],
  ];
};
export const setIterate = () => {
  const set = new Set(["a", "b"]);
  const out: unknown[] = [
    [...set.entries()],
    [...set.keys()],
    [...set.values()],
  ];
  set.forEach((value) => out.push(value));
  return out;
};
export const setOfText = () => [...new Set("hello")];
export const setJson = () => JSON.stringify(new Set([1]));
export const setFilter = () => {
  const known = new Set(["a", "b"]);
  return ["a", "c"].filter((value) => !known.has(value));
};
export const weakMap = () => {
  const key = {};
  const map = new WeakMap([[key, 1]]);
  return [map.get(key), map.has({}), map.get({})];
};
export const weakSet = () => {
  const key = {};
  const set = new WeakSet([key]);
  return [set.has(key), set.has({})];
};
export const kinds = () => [
  new Map() instanceof Map,
  new Set() instanceof Set,
  new Map() instanceof Set,
  String(new Map()),
];
export const counts = () => {
  const counts = new Map<string, number>();
  for (const letter of "banana")
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b)));
};
export const lists = () => {
  const groups = new Map<string, string[]>();
  for (const word of ["apple", "avocado", "bean"]) {
    const group = groups.get(word[0]!) ?? [];
    group.push(word);
    groups.set(word[0]!, group);
  }
  return [...groups.entries()];
};
