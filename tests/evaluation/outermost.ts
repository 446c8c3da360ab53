/** Statements of the outermost level: by which ways they change what names stand for. */
const pushed: string[] = [];
pushed.push("a");
export const byMethod = () => pushed;

const kept: string[] = [];
const keeper = {
  look: () => kept.length,
  keep(name: string) {
    kept.push(name);
  },
};
keeper.keep("x");
export const byMethodOfAnObject = () => [kept, keeper.look()];

const noted: string[] = [];
class Base {
  look() {
    return noted.length;
  }
  note(name: string) {
    noted.push(`base ${name}`);
  }
}
class Derived extends Base {
  own(name: string) {
    noted.push(`own ${name}`);
  }
}
const derived = new Derived();
derived.note("a");
export const byInheritedMethod = () => noted;

const owned: string[] = [];
class Owner {
  own(name: string) {
    owned.push(name);
  }
}
const owner = new Owner();
owner.own("b");
export const byMethodOfAClass = () => owned;

const sums = { total: 0 };
const Counter = class {
  add(n: number) {
    sums.total += n;
  }
};
const counter = new Counter();
counter.add(3);
export const byClassExpression = () => sums;

class Builder {
  names: string[] = [];
  with(name: string) {
    this.names.push(name);
    return this;
  }
  register(into: string[]) {
    into.push(...this.names);
  }
}
const builder = new Builder().with("a").with("b");
const registered: string[] = [];
builder.register(registered);
export const byBuilder = () => registered;

const built = new Builder();
built.with("c").with("d");
export const byChain = () => built.names;

class Register {
  constructor(into: string[], name: string) {
    into.push(name);
  }
}
const constructed: string[] = [];
new Register(constructed, "c");
export const byConstructor = () => constructed;

const slots: Record<string, number> = { a: 1, b: 2 };
delete slots.a;
export const byDelete = () => slots;

const first = { done: false };
const second = { done: false };
for (const one of [first, second]) one.done = true;
export const byLoop = () => [first.done, second.done];

const left = { n: 0 };
const right = { n: 0 };
(left.n > 0 ? left : right).n = 5;
export const byCondition = () => [left.n, right.n];

const nothing: { n: number } | null = null;
const otherwise = { n: 0 };
(nothing ?? otherwise).n = 6;
export const byLogical = () => otherwise;

const inside = { n: 0 };
const bag = { inside };
bag.inside.n = 7;
export const byProperty = () => inside;

const spread = { inner: { n: 0 } };
const copy = { ...spread };
copy.inner.n = 8;
export const bySpread = () => spread;

const blocked: string[] = [];
{
  fill();
  function fill() {
    blocked.push("x");
  }
}
export const byFunctionOfABlock = () => blocked;

const arrows: string[] = [];
{
  const fill = (name: string) => {
    arrows.push(name);
  };
  fill("y");
}
export const byLocalArrow = () => arrows;

const visited: string[] = [];
["a", "b"].forEach((name) => visited.push(name));
export const byCallback = () => visited;

const bound: string[] = [];
const add = bound.push.bind(bound);
add("z");
export const byBoundMethod = () => bound;

let one = 0;
let two = 0;
[one, two] = [1, 2];
export const byPattern = () => [one, two];

const holder = { value: 0 };
({ value: holder.value } = { value: 9 });
export const byMemberOfAPattern = () => holder;

let count = 1;
count++;
count += 3;
let filled = "";
filled ||= "set";
export const byUpdate = () => [count, filled];

const assigned: Record<string, number> = {};
Object.assign(assigned, { a: 1 });
Reflect.set(assigned, "b", 2);
export const byObject = () => assigned;

const passed: string[] = [];
function same(list: string[]) {
  return list;
}
same(passed).push("p");
export const byWhatACallGives = () => passed;

const deep: string[] = [];
function setUp(into: string[]) {
  const inner = (name: string) => into.push(name);
  inner("q");
  nested();
  function nested() {
    deep.push("nested");
  }
}
setUp(deep);
export const byNestedFunctions = () => deep;

const called: string[] = [];
(function () {
  called.push("at once");
})();
export const byFunctionCalledAtOnce = () => called;

const twice: string[] = [];
function even(n: number) {
  if (n > 0) odd(n - 1);
}
function odd(n: number) {
  twice.push(`${n}`);
  if (n > 0) even(n - 1);
}
even(3);
export const byFunctionsThatCallEachOther = () => twice;
