/** Iterators and generators. */
function* count(to: number) {
  for (let n = 1; n <= to; n++) yield n;
}
export const generator = () => [...count(3)];
export const generatorLoop = () => {
  let sum = 0;
  for (const n of count(4)) sum += n;
  return sum;
};
export const generatorNext = () => {
  const it = count(1);
  return [it.next(), it.next()];
};
export const delegated = () => {
  function* all() {
    yield 0;
    yield* count(2);
    yield* [7, 8];
  }
  return [...all()];
};
export const infinite = () => {
  function* naturals() {
    let n = 0;
    while (true) yield n++;
  }
  const out: number[] = [];
  for (const n of naturals()) {
    if (n > 3) break;
    out.push(n);
  }
  return out;
};
export const iterable = () => {
  const range = {
    from: 1,
    to: 3,
    [Symbol.iterator]() {
      let n = this.from;
      const { to } = this;
      return {
        next: () =>
          n <= to
            ? { value: n++, done: false }
            : { value: undefined, done: true },
      };
    },
  };
  return [...range, ...Array.from(range), Math.max(...range)];
};
export const asyncGenerator = async () => {
  async function* f() {
    yield 1;
    yield await Promise.resolve(2);
  }
  const out: number[] = [];
  for await (const n of f()) out.push(n);
  return out;
};
export const spreadText = () => [..."né😀"];
export const destructured = () => {
  const [a, b, ...c] = count(4);
  return [a, b, c];
};
export const destructuredMap = () => {
  const [[key, value]] = new Map([["a", 1]]) as unknown as [[string, number]];
  return [key, value];
};
export const entries = () =>
  Object.entries({ a: 1, b: 2 }).map(([k, v]) => `${k}${v}`);
export const symbolIterator = () => {
  const it = [1, 2][Symbol.iterator]();
  return [it.next().value, it.next().value, it.next().done];
};
export const setFromGenerator = () => new Set(count(3)).size;
export const mapFromGenerator = () => {
  function* pairs(): Generator<[string, number]> {
    yield ["a", 1];
  }
  return Object.fromEntries(pairs());
};
export const pages = async () => {
  async function* pages() {
    for (let p = 0; p < 3; p++) yield [p, p + 10];
  }
  const all: number[] = [];
  for await (const page of pages()) all.push(...page);
  return all;
};
export const told = () => {
  function* ask(): Generator<number, number, number> {
    const n = yield 1;
    return n * 2;
  }
  const it = ask();
  it.next();
  return it.next(5);
};
