/** What stands for `zod` decides what versions 3 and 4 of it decide. */
import { z as three } from "zod/v3";
import { z as four } from "zod/v4";

type Z = typeof three;

/** Whether each value is taken, and what becomes of it, in both versions. */
const read = (schema: (z: Z) => { safeParse(value: unknown): unknown }) => {
  return (...values: unknown[]) =>
    [three, four as unknown as Z].map((z) =>
      values.map((value) => {
        const result = schema(z).safeParse(value) as {
          success: boolean;
          data?: unknown;
        };
        return result.success ? { data: result.data } : "refused";
      }),
    );
};

export const string = () =>
  read((z) => z.string())("a", "", 1, null, undefined, {});
export const nonEmpty = () => read((z) => z.string().min(1))("a", "");
export const nonempty = () => read((z) => z.string().nonempty())("a", "");
export const lengths = () =>
  read((z) => z.string().min(2).max(3))("a", "ab", "abc", "abcd");
export const exactLength = () => read((z) => z.string().length(2))("a", "ab");
export const trimmed = () => read((z) => z.string().trim().min(1))(" a ", "  ");
export const lower = () => read((z) => z.string().toLowerCase())("AbC");
export const pattern = () => read((z) => z.string().regex(/^\d+$/))("12", "1a");
export const startsWith = () =>
  read((z) => z.string().startsWith("https://"))("https://a", "http://a");
export const url = () =>
  read((z) => z.string().url())("https://example.com/a", "example");
export const email = () =>
  read((z) => z.string().email())("a@example.com", "example");
export const uuid = () =>
  read((z) => z.string().uuid())("123e4567-e89b-42d3-a456-426614174000", "1");
export const number = () =>
  read((z) => z.number())(1, 1.5, "1", Number.NaN, null);
export const integer = () => read((z) => z.number().int())(1, 1.5);
export const bounds = () => read((z) => z.number().min(1).max(8))(0, 1, 8, 9);
export const positive = () => read((z) => z.number().positive())(0, 1, -1);
export const nonnegative = () => read((z) => z.number().nonnegative())(0, -1);
export const boolean = () => read((z) => z.boolean())(true, false, "true", 0);
export const coercedNumber = () =>
  read((z) => z.coerce.number())("12", "", "a", true, null);
export const coercedInteger = () =>
  read((z) => z.coerce.number().int().min(1).default(4))("2", "0", undefined);
export const coercedBoolean = () =>
  read((z) => z.coerce.boolean())("false", "", 0, "a");
export const coercedString = () => read((z) => z.coerce.string())(1, true);
export const coercedDate = () =>
  read((z) => z.coerce.date())("2026-01-02T03:04:05Z", "never");
export const enumeration = () =>
  read((z) => z.enum(["on", "off"]))("on", "off", "ON", undefined);
export const nativeEnum = () =>
  read((z) => z.nativeEnum({ On: "on", Off: "off" } as const))("on", "On");
export const literal = () => read((z) => z.literal("1"))("1", 1);
export const optional = () =>
  read((z) => z.string().optional())("a", undefined, null);
export const nullable = () =>
  read((z) => z.string().nullable())("a", null, undefined);
export const nullish = () =>
  read((z) => z.string().nullish())("a", null, undefined);
export const defaulted = () =>
  read((z) => z.string().default("a"))("b", undefined, "");
export const defaultedByFunction = () =>
  read((z) => z.string().default(() => "a"))(undefined);
export const caught = () =>
  read((z) => z.enum(["on", "off"]).catch("off"))("on", "maybe", undefined);
export const transformed = () =>
  read((z) => z.string().transform((text) => text.length))("abc", 1);
export const flag = () =>
  read((z) =>
    z
      .string()
      .optional()
      .transform((text) =>
        ["1", "true", "yes", "on"].includes((text ?? "").trim().toLowerCase()),
      ),
  )("true\n", "off", undefined);
export const preprocessed = () =>
  read((z) =>
    z.preprocess(
      (value) => (value === "" ? undefined : value),
      z.string().optional(),
    ),
  )("", "a");
export const piped = () =>
  read((z) => z.string().transform(Number).pipe(z.number().int()))("3", "3.5");
export const refined = () =>
  read((z) => z.string().refine((text) => text !== "secret", "no secret"))(
    "a",
    "secret",
  );
export const superRefined = () =>
  read((z) =>
    z.string().superRefine((text, context) => {
      if (text === "b") context.addIssue({ code: "custom", message: "not b" });
    }),
  )("a", "b");
export const object = () =>
  read((z) => z.object({ a: z.string(), b: z.number().optional() }))(
    { a: "x" },
    { a: "x", b: 1, c: true },
    { b: 1 },
    "a",
    null,
  );
export const strictObject = () =>
  read((z) => z.object({ a: z.string() }).strict())(
    { a: "x" },
    { a: "x", c: 1 },
  );
export const passedThrough = () =>
  read((z) => z.object({ a: z.string() }).passthrough())({ a: "x", c: 1 });
export const partial = () =>
  read((z) => z.object({ a: z.string() }).partial())({}, { a: 1 });
export const extended = () =>
  read((z) => z.object({ a: z.string() }).extend({ b: z.string() }))(
    { a: "x", b: "y" },
    { a: "x" },
  );
export const picked = () =>
  read((z) => z.object({ a: z.string(), b: z.string() }).pick({ a: true }))({
    a: "x",
  });
export const omitted = () =>
  read((z) => z.object({ a: z.string(), b: z.string() }).omit({ a: true }))({
    b: "x",
  });
export const nested = () =>
  read((z) => z.object({ a: z.object({ b: z.string().default("c") }) }))(
    { a: {} },
    {},
  );
export const array = () =>
  read((z) => z.array(z.string()))(["a"], [], ["a", 1], "a");
export const arrayBounds = () =>
  read((z) => z.string().array().min(1))(["a"], []);
export const tuple = () =>
  read((z) => z.tuple([z.string(), z.number()]))(["a", 1], ["a"]);
export const record = () =>
  read((z) => z.record(z.string(), z.number()))({ a: 1 }, { a: "b" }, []);
export const union = () =>
  read((z) => z.union([z.string(), z.number()]))("a", 1, true);
export const or = () => read((z) => z.string().or(z.number()))("a", 1, true);
export const discriminated = () =>
  read((z) =>
    z.discriminatedUnion("type", [
      z.object({ type: z.literal("a"), a: z.string() }),
      z.object({ type: z.literal("b"), b: z.number() }),
    ]),
  )({ type: "a", a: "x" }, { type: "b", a: "x" }, { type: "c" });
export const datetime = () =>
  read((z) => z.string().datetime())(
    "2026-01-02T03:04:05.678Z",
    "2026-01-02",
    "soon",
  );
export const datetimeAtTheEndOfAMonth = () =>
  read((z) => z.string().datetime())(
    "2026-01-31T03:04:05.678Z",
    "2026-04-30T03:04:05Z",
    "2028-02-29T23:59:59.9Z",
  );
export const datetimeWithOffset = () =>
  read((z) => z.string().datetime({ offset: true }))(
    "2026-12-31T03:04:05.678Z",
    "2026-12-31T03:04:05+02:00",
    "soon",
  );
export const isoOfFour = () => [
  four.iso.datetime().safeParse("2026-03-30T05:07:31.250Z").success,
  four.iso.date().safeParse("2026-03-31").success,
  four.iso.date().safeParse("March").success,
];
export const date = () =>
  read((z) => z.string().date())("2026-01-02", "2026-01-31", "2026-1-2");
export const dateOfDate = () =>
  read((z) => z.date())(new Date(0), new Date("never"), "1970");
export const tupleWithRest = () =>
  read((z) => z.tuple([z.string()]).rest(z.number()))(["a", 1, 2], ["a", "b"]);
export const any = () => read((z) => z.any())("a", undefined);
export const unknown = () => read((z) => z.unknown())("a", undefined);
export const environment = () =>
  read((z) =>
    z.object({
      CRON_SECRET: z.string().min(1),
      CONCURRENCY: z.coerce.number().int().min(1).max(8).default(1),
      MODE: z.enum(["inline", "inngest"]).default("inline"),
    }),
  )(
    { CRON_SECRET: "s", CONCURRENCY: "4" },
    { CRON_SECRET: "", MODE: "inngest" },
    { CRON_SECRET: "s", CONCURRENCY: "9" },
  );
export const parsed = () => [
  three.string().parse("a"),
  four.string().parse("a"),
];
export const refusedByThree = () => three.string().parse(1);
export const refusedByFour = () => four.object({ a: four.string() }).parse({});
export const issues = () => {
  const result = three.object({ a: three.string() }).safeParse({});
  return result.success
    ? []
    : result.error.issues.map((issue) => issue.path.join("."));
};
export const toldToPeople = () => {
  const result = four.object({ a: four.string() }).safeParse({});
  if (result.success) return [];
  return [
    typeof four.prettifyError(result.error),
    typeof result.error.message,
    result.error.issues.length,
  ];
};
