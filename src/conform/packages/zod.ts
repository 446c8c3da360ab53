// What zod decides of a value: versions 3 and 4, where they agree.
//
// A schema reads a value and says what becomes of it. What is not modelled is not known: `$open` lets a value
// have further members, of which nothing is known.
type Context = { addIssue(issue: unknown): void; issues: unknown[]; path: never[] };
type Result = { success: boolean; data?: any; error?: any };
type Reader = (value: any) => Result;

export class ZodError extends Error {
  issues: any[];
  errors: any[];
  constructor(issues: any[]) {
    super(issues.map((issue) => issue.message).join("; "));
    this.name = "ZodError";
    this.issues = issues;
    this.errors = issues;
    $open(this);
  }
  flatten() {
    return { formErrors: [], fieldErrors: $unknown() };
  }
  format() {
    return $unknown();
  }
}

const good = (data: any): Result => ({ success: true, data });
const bad = (message: string, path: string[] = []): Result => ({
  success: false,
  error: new ZodError([{ code: "custom", message, path }]),
});

const context = (): Context => {
  const issues: unknown[] = [];
  return { issues, path: [], addIssue: (issue) => void issues.push(issue) };
};

// How an error is told to people is not known.
export const flattenError = (error: any) => error.flatten();
export const formatError = (error: any) => error.format();
export const treeifyError = (_error: any) => $unknown();
export const prettifyError = (_error: any) => `${$unknown()}`;

export class ZodType {
  read: Reader;
  constructor(read: Reader) {
    this.read = read;
    $open(this);
  }
  safeParse(value: any) {
    return this.read(value);
  }
  parse(value: any) {
    const result = this.read(value);
    if (!result.success) throw result.error;
    return result.data;
  }
  async safeParseAsync(value: any) {
    return this.read(value);
  }
  async parseAsync(value: any) {
    return this.parse(value);
  }
  spa(value: any) {
    return this.safeParseAsync(value);
  }
  optional() {
    return new ZodType((value) => {
      // What is not known and is given as it is may be missing as well as before.
      if ($isUnknown(value)) {
        const result = this.read(value);
        if (result.success && result.data === value) return result;
      }
      return value === undefined ? good(undefined) : this.read(value);
    });
  }
  exactOptional() {
    return this.optional();
  }
  nullable() {
    return new ZodType((value) => (value === null ? good(null) : this.read(value)));
  }
  nullish() {
    return new ZodType((value) => (value === undefined || value === null ? good(value) : this.read(value)));
  }
  default(given: any) {
    return new ZodType((value) => {
      if (value !== undefined) return this.read(value);
      const otherwise = typeof given === "function" ? given() : given;
      // Version 3 reads it as any other value, version 4 gives it as it is.
      const result = this.read(otherwise);
      return good(result.success && result.data === otherwise ? otherwise : $given());
    });
  }
  prefault(given: any) {
    return new ZodType((value) =>
      this.read(value !== undefined ? value : typeof given === "function" ? given() : given),
    );
  }
  catch(given: any) {
    return new ZodType((value) => {
      const result = this.read(value);
      if (result.success) return result;
      return good(typeof given === "function" ? given({ error: result.error, input: value }) : given);
    });
  }
  transform(change: (value: any, context: Context) => any) {
    return new ZodType((value) => {
      const result = this.read(value);
      if (!result.success) return result;
      const ctx = context();
      const data = change(result.data, ctx);
      return ctx.issues.length > 0 ? bad("not valid") : good(data);
    });
  }
  overwrite(change: (value: any) => any) {
    return this.transform(change);
  }
  refine(holds: (value: any) => unknown, message?: unknown) {
    return this.checked((value) => (holds(value) ? undefined : typeof message === "string" ? message : "not valid"));
  }
  refinement(holds: (value: any) => unknown) {
    return this.refine(holds);
  }
  superRefine(check: (value: any, context: Context) => void) {
    return this.checked((value) => {
      const ctx = context();
      check(value, ctx);
      return ctx.issues.length > 0 ? "not valid" : undefined;
    });
  }
  pipe(next: any) {
    return new ZodType((value) => {
      const result = this.read(value);
      return result.success ? next.safeParse(result.data) : result;
    });
  }
  or(other: any) {
    return union([this, other]);
  }
  array() {
    return array(this);
  }
  describe() {
    return this;
  }
  meta() {
    return this;
  }
  brand() {
    return this;
  }
  readonly() {
    return this;
  }
  isOptional() {
    return this.read(undefined).success;
  }
  /** With a check more: the message of what is wrong, or nothing. */
  checked(fault: (value: any) => string | undefined) {
    return new ZodType((value) => checked(this.read(value), fault));
  }
}

const checked = (result: Result, fault: (value: any) => string | undefined): Result => {
  if (!result.success || $isUnknown(result.data)) return result;
  const message = fault(result.data);
  return message === undefined ? result : bad(message);
};

// Dates and times that every version of `zod` takes.
const DAY =
  "((\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8])))";
const CLOCK = "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?";
const DATE = new RegExp(`^${DAY}$`);
const DATE_TIME = new RegExp(`^${DAY}T${CLOCK}Z$`);
const DATE_TIME_WITH_OFFSET = new RegExp(`^${DAY}T${CLOCK}(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$`);

export class ZodString extends ZodType {
  and(fault: (value: string) => string | undefined) {
    return new ZodString((value) => checked(this.read(value), fault));
  }
  changed(change: (value: string) => string) {
    return new ZodString((value) => {
      const result = this.read(value);
      return result.success ? good(change(result.data)) : result;
    });
  }
  /**
   * What it has to look like: what surely does, and what surely does not. What the world made up stands for a value
   * that is right.
   */
  formatted(does?: RegExp, may?: RegExp) {
    return this.and((value) => {
      if (value === "") return "not valid";
      if ($isMadeUp(value) || does?.test(value)) return undefined;
      if (may !== undefined && !may.test(value)) return "not valid";
      return $given() ? undefined : "not valid";
    });
  }
  min(length: number) {
    return this.and((value) => (value.length < length ? "too short" : undefined));
  }
  max(length: number) {
    return this.and((value) => (value.length > length ? "too long" : undefined));
  }
  length(length: number) {
    return this.and((value) => (value.length !== length ? "not as long" : undefined));
  }
  nonempty() {
    return this.min(1);
  }
  regex(pattern: RegExp) {
    return this.and((value) => (pattern.test(value) ? undefined : "not valid"));
  }
  startsWith(text: string) {
    return this.and((value) => (value.startsWith(text) ? undefined : "not valid"));
  }
  endsWith(text: string) {
    return this.and((value) => (value.endsWith(text) ? undefined : "not valid"));
  }
  includes(text: string) {
    return this.and((value) => (value.includes(text) ? undefined : "not valid"));
  }
  trim() {
    return this.changed((value) => value.trim());
  }
  toLowerCase() {
    return this.changed((value) => value.toLowerCase());
  }
  toUpperCase() {
    return this.changed((value) => value.toUpperCase());
  }
  normalize() {
    return this;
  }
  lowercase() {
    return this.and((value) => (value === value.toLowerCase() ? undefined : "not valid"));
  }
  uppercase() {
    return this.and((value) => (value === value.toUpperCase() ? undefined : "not valid"));
  }
  email() {
    return this.formatted(
      /^[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i,
      /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    );
  }
  url() {
    return this.formatted(/^[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+(:\d+)?([/?#]\S*)?$/i, /^\s*[a-z][a-z0-9+.-]*:/i);
  }
  uuid() {
    return this.formatted(
      /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i,
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    );
  }
  cuid() {
    return this.formatted();
  }
  cuid2() {
    return this.formatted();
  }
  ulid() {
    return this.formatted();
  }
  nanoid() {
    return this.formatted();
  }
  datetime(options: any = {}) {
    const may = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
    if (options.precision !== undefined || options.local) return this.formatted(undefined, may);
    return this.formatted(options.offset ? DATE_TIME_WITH_OFFSET : DATE_TIME, may);
  }
  date() {
    return this.formatted(DATE, /^\d{4}-\d\d-\d\d$/);
  }
  time() {
    return this.formatted();
  }
  ip() {
    return this.formatted();
  }
  base64() {
    return this.formatted();
  }
  jwt() {
    return this.formatted();
  }
}

export class ZodNumber extends ZodType {
  and(fault: (value: number) => string | undefined) {
    return new ZodNumber((value) => checked(this.read(value), fault));
  }
  int() {
    return this.and((value) => (Number.isInteger(value) ? undefined : "no whole number"));
  }
  safe() {
    return this.and((value) => (Number.isSafeInteger(value) ? undefined : "too large"));
  }
  finite() {
    return this.and((value) => (Number.isFinite(value) ? undefined : "not finite"));
  }
  min(least: number) {
    return this.and((value) => (value < least ? "too small" : undefined));
  }
  gte(least: number) {
    return this.min(least);
  }
  gt(limit: number) {
    return this.and((value) => (value > limit ? undefined : "too small"));
  }
  max(most: number) {
    return this.and((value) => (value > most ? "too large" : undefined));
  }
  lte(most: number) {
    return this.max(most);
  }
  lt(limit: number) {
    return this.and((value) => (value < limit ? undefined : "too large"));
  }
  positive() {
    return this.gt(0);
  }
  negative() {
    return this.lt(0);
  }
  nonnegative() {
    return this.min(0);
  }
  nonpositive() {
    return this.max(0);
  }
  multipleOf(step: number) {
    return this.and((value) => (value % step === 0 ? undefined : "no multiple"));
  }
  step(step: number) {
    return this.multipleOf(step);
  }
}

export class ZodObject extends ZodType {
  shape: any;
  strictly: boolean;
  constructor(shape: any, strictly = false, others = false) {
    super((value) => readObject(shape, strictly, others, value));
    this.shape = shape;
    this.strictly = strictly;
  }
  extend(more: any) {
    return new ZodObject({ ...this.shape, ...more }, this.strictly);
  }
  safeExtend(more: any) {
    return this.extend(more);
  }
  augment(more: any) {
    return this.extend(more);
  }
  merge(other: any) {
    return this.extend(other.shape);
  }
  pick(names: any) {
    const kept = Object.entries(this.shape).filter(([name]) => names[name]);
    return new ZodObject(Object.fromEntries(kept), this.strictly);
  }
  omit(names: any) {
    const kept = Object.entries(this.shape).filter(([name]) => !names[name]);
    return new ZodObject(Object.fromEntries(kept), this.strictly);
  }
  partial() {
    const all = Object.entries(this.shape).map(([name, schema]: [string, any]) => [name, schema.optional()]);
    return new ZodObject(Object.fromEntries(all), this.strictly);
  }
  strict() {
    return new ZodObject(this.shape, true);
  }
  strip() {
    return new ZodObject(this.shape);
  }
  passthrough() {
    return new ZodObject(this.shape, false, true);
  }
  loose() {
    return this.passthrough();
  }
  nonstrict() {
    return this.strip();
  }
  keyof() {
    return enumOf(Object.keys(this.shape));
  }
}

const readObject = (shape: any, strictly: boolean, others: boolean, value: any): Result => {
  // Of what is not known, only whether it fits is asked.
  if ($isUnknown(value)) return $fits(value) ? good(value) : bad("not valid");
  if (typeof value !== "object" || value === null) return bad("no object");
  const data: any = others ? { ...value } : {};
  for (const name of Object.keys(shape)) {
    const given = value[name];
    if ($isUnknown(shape[name])) {
      data[name] = $given();
      continue;
    }
    const result = shape[name].safeParse(given);
    if (!result.success) {
      // A variable that nobody names here is one that every deployment has right.
      if ($isOther(value, name)) {
        data[name] = $unknown();
        continue;
      }
      return bad(result.error.message, [name]);
    }
    if (result.data !== undefined || given !== undefined) data[name] = result.data;
  }
  if (strictly && Object.keys(value).some((name) => !(name in shape))) return bad("unrecognized keys");
  return good(data);
};

const kind = (name: string): Reader => (value) =>
  $isUnknown(value) || typeof value === name ? good(value) : bad(`no ${name}`);

const number_: Reader = (value) =>
  $isUnknown(value) || (typeof value === "number" && !Number.isNaN(value)) ? good(value) : bad("no number");

export const string = () => new ZodString(kind("string"));
export const number = () => new ZodNumber(number_);
export const int = () => number().int();
export const boolean = () => new ZodType(kind("boolean"));
export const bigint = () => new ZodType(kind("bigint"));
export const any = () => new ZodType(good);
export const unknown = () => new ZodType(good);
export const never = () => new ZodType(() => bad("never"));
const undefined_ = () => new ZodType((value) => (value === undefined ? good(value) : bad("not undefined")));
const null_ = () => new ZodType((value) => (value === null ? good(value) : bad("not null")));
export const email = () => string().email();
export const url = () => string().url();
export const uuid = () => string().uuid();
const date_: Reader = (value) =>
  $isUnknown(value) || (value instanceof Date && !Number.isNaN(value.getTime())) ? good(value) : bad("no date");
export const date = () => new ZodType(date_);
export const iso: any = $open({
  datetime: (options?: any) => string().datetime(options),
  date: () => string().date(),
});

export const coerce = {
  string: () => new ZodString((value) => good($isUnknown(value) ? value : String(value))),
  number: () => new ZodNumber((value) => ($isUnknown(value) ? good(value) : number_(Number(value)))),
  boolean: () => new ZodType((value) => good($isUnknown(value) ? value : Boolean(value))),
  date: () => new ZodType((value) => ($isUnknown(value) ? good(value) : date_(new Date(value)))),
};

export const object = (shape: any = {}) => new ZodObject(shape);
export const strictObject = (shape: any) => new ZodObject(shape, true);
export const looseObject = (shape: any) => new ZodObject(shape, false, true);

const enumOf = (given: any) => {
  const values: any[] = Array.isArray(given) ? given : Object.values(given);
  const schema: any = new ZodType((value) => ($isUnknown(value) || values.includes(value) ? good(value) : bad("none of the values")));
  schema.options = values;
  schema.enum = Array.isArray(given) ? Object.fromEntries(values.map((value) => [value, value])) : given;
  schema.Values = schema.enum;
  schema.Enum = schema.enum;
  return schema;
};
export const nativeEnum = enumOf;

export const literal = (given: any) => {
  const values: any[] = Array.isArray(given) ? given : [given];
  return new ZodType((value) => ($isUnknown(value) || values.includes(value) ? good(value) : bad("not the value")));
};

export const union = (schemas: any[]) =>
  new ZodType((value) => {
    if ($isUnknown(value)) return $fits(value) ? good(value) : bad("not valid");
    for (const schema of schemas) {
      const result = schema.safeParse(value);
      if (result.success) return result;
    }
    return bad("none of the types");
  });
export const discriminatedUnion = (_name: string, schemas: any[]) => union(schemas);

export class ZodArray extends ZodType {
  min(length: number) {
    return this.checked((value) => (value.length < length ? "too short" : undefined));
  }
  max(length: number) {
    return this.checked((value) => (value.length > length ? "too long" : undefined));
  }
  nonempty() {
    return this.min(1);
  }
}

export const array = (schema: any) =>
  new ZodArray((value) => {
    if ($isUnknown(value)) return $fits(value) ? good(value) : bad("not valid");
    if (!Array.isArray(value)) return bad("no list");
    const data = [];
    for (const item of value) {
      const result = schema.safeParse(item);
      if (!result.success) return result;
      data.push(result.data);
    }
    return good(data);
  });

export class ZodTuple extends ZodType {
  schemas: any[];
  constructor(schemas: any[], others?: any) {
    super((value) => readTuple(schemas, others, value));
    this.schemas = schemas;
  }
  rest(schema: any) {
    return new ZodTuple(this.schemas, schema);
  }
}

const readTuple = (schemas: any[], others: any, value: any): Result => {
  if ($isUnknown(value)) return $fits(value) ? good(value) : bad("not valid");
  if (!Array.isArray(value)) return bad("no list");
  if (value.length < schemas.length || (value.length > schemas.length && others === undefined)) return bad("not as long");
  const data = [];
  for (const [index, item] of value.entries()) {
    const result = (schemas[index] ?? others).safeParse(item);
    if (!result.success) return result;
    data.push(result.data);
  }
  return good(data);
};

export const tuple = (schemas: any[], others?: any) => new ZodTuple(schemas, others);

export const record = (...schemas: any[]) =>
  new ZodType((value) => {
    if ($isUnknown(value)) return $fits(value) ? good(value) : bad("not valid");
    if (typeof value !== "object" || value === null || Array.isArray(value)) return bad("no object");
    const data: any = {};
    for (const [name, item] of Object.entries(value)) {
      const result = schemas[schemas.length - 1].safeParse(item);
      if (!result.success) return result;
      data[name] = result.data;
    }
    return good(data);
  });

export const preprocess = (change: (value: any) => any, schema: any) =>
  new ZodType((value) => schema.safeParse(change(value)));

export const custom = (holds?: (value: any) => unknown) =>
  new ZodType((value) => (holds === undefined || holds(value) ? good(value) : bad("not valid")));

const instanceOf = (type: any) =>
  new ZodType((value) => ($isUnknown(value) || value instanceof type ? good(value) : bad("no instance")));

export const lazy = (make: () => any) => new ZodType((value) => make().safeParse(value));
export const optional = (schema: any) => schema.optional();
export const nullable = (schema: any) => schema.nullable();
export const nullish = (schema: any) => schema.nullish();

/** A text that stands for true or false, as version 4 reads it. */
export const stringbool = (options: any = {}) => {
  const exact = options.case === "sensitive";
  const fold = (text: string) => (exact ? text : text.toLowerCase());
  const truthy = (options.truthy ?? ["true", "1", "yes", "on", "y", "enabled"]).map(fold);
  const falsy = (options.falsy ?? ["false", "0", "no", "off", "n", "disabled"]).map(fold);
  return new ZodType((value) => {
    if ($isUnknown(value)) return good($unknown());
    if (typeof value !== "string") return bad("no text");
    const text = fold(value);
    if (truthy.includes(text)) return good(true);
    return falsy.includes(text) ? good(false) : bad("neither true nor false");
  });
};

export const NEVER: any = undefined;
export const ZodIssueCode: any = $open({ custom: "custom" });

export {
  enumOf as enum,
  instanceOf as instanceof,
  null_ as null,
  undefined_ as undefined,
  undefined_ as void,
};

export const z: any = $open({
  ZodError,
  ZodType,
  ZodIssueCode,
  flattenError,
  formatError,
  treeifyError,
  prettifyError,
  NEVER,
  string,
  number,
  int,
  boolean,
  bigint,
  any,
  unknown,
  never,
  undefined: undefined_,
  void: undefined_,
  null: null_,
  email,
  url,
  uuid,
  date,
  iso,
  coerce,
  object,
  strictObject,
  looseObject,
  enum: enumOf,
  nativeEnum,
  literal,
  union,
  discriminatedUnion,
  array,
  tuple,
  record,
  preprocess,
  custom,
  instanceof: instanceOf,
  lazy,
  optional,
  nullable,
  nullish,
  stringbool,
});
export default z;
