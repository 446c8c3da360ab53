/** Classes. */
class Animal {
  static count = 0;
  static made: string[] = [];
  static {
    Animal.made.push("block");
  }
  #secret = 42;
  sound = "...";
  constructor(public name: string) {
    Animal.count += 0;
  }
  speak() {
    return `${this.name} says ${this.sound}`;
  }
  get secret() {
    return this.#secret;
  }
  set secret(value: number) {
    this.#secret = value * 2;
  }
  #hidden() {
    return this.#secret + 1;
  }
  reveal() {
    return this.#hidden();
  }
  static of(name: string) {
    return new this(name);
  }
  static isAnimal(value: object) {
    return #secret in value;
  }
}
class Dog extends Animal {
  override sound = "woof";
  tricks: string[] = [];
  constructor(
    name: string,
    readonly age = 3,
  ) {
    super(name);
  }
  override speak() {
    return super.speak() + "!";
  }
  get label() {
    return `${this.name}:${this.age}`;
  }
}
class NotFound extends Error {
  readonly code = 404;
  constructor(what: string) {
    super(`${what} was not found`);
    this.name = "NotFound";
  }
  get isClient() {
    return this.code < 500;
  }
  toJSON() {
    return { error: this.message };
  }
}
class Plain extends TypeError {}
class Deeper extends NotFound {}
export const basics = () => [
  new Animal("Cat").speak(),
  new Dog("Rex").speak(),
  new Dog("Rex").label,
  new Dog("Rex", 5).age,
];
export const accessors = () => {
  const a = new Animal("x");
  a.secret = 4;
  return [a.secret, a.reveal(), Object.keys(a)];
};
export const inheritedSetter = () => {
  const d = new Dog("x");
  d.secret = 3;
  return d.secret;
};
export const privates = () => [
  JSON.stringify(new Animal("x")),
  Object.keys(new Dog("y")),
  (new Animal("x") as unknown as { secret2?: number }).secret2,
];
export const privateIn = () => [
  Animal.isAnimal(new Dog("x")),
  Animal.isAnimal({}),
];
export const statics = () => [
  Animal.made,
  Animal.of("Z").name,
  Dog.of("D") instanceof Dog,
  Animal.name,
];
export const instances = () => {
  const d = new Dog("x");
  return [
    d instanceof Dog,
    d instanceof Animal,
    {} instanceof Dog,
    d.constructor === Dog,
    d.constructor.name,
  ];
};
export const errors = () => {
  const e = new NotFound("It");
  return [
    e.message,
    e.name,
    e.code,
    e.isClient,
    String(e),
    JSON.stringify(e),
    e instanceof NotFound,
    e instanceof Error,
    e instanceof TypeError,
  ];
};
export const errorPlain = () => {
  const e = new Plain("m");
  return [
    e.name,
    String(e),
    e instanceof Plain,
    e instanceof TypeError,
    e instanceof RangeError,
    e.constructor.name,
  ];
};
export const errorDeeper = () => {
  const e = new Deeper("It");
  return [e instanceof NotFound, e instanceof Deeper, e.isClient, e.name];
};
export const errorThrown = () => {
  throw new NotFound("x");
};
export const errorKeys = () => [
  Object.keys(new NotFound("x")),
  { ...new NotFound("x") },
];
export const errorNamedByConstructor = () => {
  class AppError extends Error {
    constructor(
      m: string,
      readonly status = 500,
    ) {
      super(m);
      this.name = this.constructor.name;
    }
  }
  class Denied extends AppError {
    constructor() {
      super("no", 403);
    }
  }
  const e = new Denied();
  return [e.name, e.status, e.message];
};
export const expression = () => {
  const Made = class Inner {
    who() {
      return Inner.name;
    }
  };
  return new Made().who();
};
export const fieldsOrder = () => {
  class A {
    a = 1;
    b = this.a + 1;
    ["c" + 1] = 3;
  }
  return { ...new A() };
};
export const chained = () => {
  class Query {
    parts: string[] = [];
    where(p: string) {
      this.parts.push(p);
      return this;
    }
    text() {
      return this.parts.join(" and ");
    }
  }
  return new Query().where("a").where("b").text();
};
export const thisArrow = () => {
  class A {
    n = 5;
    get = () => this.n;
  }
  const { get } = new A();
  return get();
};
export const toStringMethod = () => {
  class A {
    toString() {
      return "me";
    }
  }
  return [String(new A()), String({})];
};
export const singleton = () => {
  class S {
    static #one?: S;
    static get() {
      return (S.#one ??= new S());
    }
  }
  return S.get() === S.get();
};
export const abstracts = () => {
  abstract class Base {
    abstract name(): string;
    hello() {
      return `hi ${this.name()}`;
    }
  }
  class One extends Base {
    name() {
      return "one";
    }
  }
  return new One().hello();
};
export const staticInherited = () => {
  class A {
    static make() {
      return 1;
    }
    static v = 2;
  }
  class B extends A {}
  return [B.make(), B.v];
};
export const getterStatic = () => {
  class A {
    static get x() {
      return 7;
    }
  }
  return A.x;
};
export const iterable = () => {
  class R {
    *[Symbol.iterator]() {
      yield 1;
      yield 2;
    }
  }
  return [...new R()];
};
export const missingMethod = () => {
  try {
    (new Animal("x") as unknown as { nope: () => void }).nope();
    return 1;
  } catch (e) {
    return e instanceof TypeError;
  }
};
export const extendsMap = () => {
  class M extends Map<string, number> {
    add(k: string) {
      return this.set(k, 1);
    }
  }
  return new M().add("a").size;
};
export const newTarget = () => {
  class Job {
    static readonly label: string = "job";
    readonly name: string;
    constructor() {
      this.name = new.target.label;
    }
  }
  class Nightly extends Job {
    static override readonly label: string = "nightly";
    constructor() {
      super();
      if (new.target !== Nightly) throw new Error("no");
    }
  }
  return [new Job().name, new Nightly().name];
};

class Minute extends Date {
  readonly unit = "minute";
  get minute() {
    return this.toISOString().slice(0, 16);
  }
  next() {
    return new Minute(this.getTime() + 60_000);
  }
  static of(milliseconds: number) {
    return new this(Math.floor(milliseconds / 60_000) * 60_000);
  }
}
export const dateOfItsOwn = () => {
  const one = new Minute("2026-03-04T05:06:07.008Z");
  const two = Minute.of(1_772_600_851_250);
  return [
    one.minute,
    one.unit,
    one.next().minute,
    two.minute,
    two.toJSON(),
    +two,
    two.getTime() - one.getTime(),
    one instanceof Minute,
    one instanceof Date,
    `${two.getUTCHours()}`,
    JSON.stringify({ at: two }),
    one < two,
  ];
};
class Later extends Minute {
  constructor(at: number) {
    super(at + 1_000);
  }
  getTime() {
    return 7;
  }
}
export const dateWithAConstructor = () => {
  const later = new Later(0);
  later.setUTCMinutes(5);
  return [later.toISOString(), later.getTime(), later.valueOf()];
};
