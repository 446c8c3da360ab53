/** Texts. */
import { format } from "node:util";

export const trim = () =>
  ["  a b ", "\ta\n", "\u00a0x\ufeff"].map((text) => [
    text.trim(),
    text.trimStart(),
    text.trimEnd(),
  ]);
export const cases = () =>
  ["Straße", "ÀÉ", "İ".length].map((text) => String(text).toUpperCase());
export const lower = () => "ÀBC".toLowerCase();
export const slice = () => [
  "abcdef".slice(1, 3),
  "abcdef".slice(-3),
  "abcdef".slice(2, -1),
  "abc".slice(5),
  "abc".slice(2, 1),
];
export const substring = () => [
  "abcdef".substring(4, 1),
  "abcdef".substring(-1, 2),
  "abcdef".substring(3),
  "abc".substring(NaN, 2),
];
export const substr = () => [
  "abcdef".substr(1, 2),
  "abcdef".substr(-2),
  "abcdef".substr(-2, 1),
];
export const sliceEmoji = () => [
  "a😀b".slice(0, 1),
  "a😀b".slice(1, 3),
  "a😀b".slice(3),
];
export const lengths = () =>
  ["", "abc", "é", "😀", "e\u0301"].map((text) => text.length);
export const spreadEmoji = () => [..."a😀b"];
export const charAt = () => [
  "abc".charAt(1),
  "abc".charAt(9),
  "abc".charAt(-1),
  "abc".charAt(0),
];
export const at = () => ["abc".at(0), "abc".at(-1), "abc".at(3), "abc".at(-4)];
export const index = () => ["abc"[1], "abc"[5], "abc"[-1 as number]];
export const charCodeAt = () => [
  "abc".charCodeAt(1),
  "😀".charCodeAt(0),
  "😀".charCodeAt(1),
  "a".charCodeAt(4),
];
export const codePointAt = () => [
  "abc".codePointAt(1),
  "😀".codePointAt(0),
  "a".codePointAt(4),
];
export const fromCharCode = () => [
  String.fromCharCode(97, 98),
  String.fromCharCode(0xd83d, 0xde00),
];
export const fromCodePoint = () => String.fromCodePoint(97, 0x1f600);
export const startsWith = () => [
  "abc".startsWith("ab"),
  "abc".startsWith("b", 1),
  "abc".startsWith(""),
  "abc".startsWith("abcd"),
];
export const endsWith = () => [
  "abc".endsWith("bc"),
  "abc".endsWith("ab", 2),
  "abc".endsWith(""),
];
export const includes = () => [
  "abc".includes("b"),
  "abc".includes("a", 1),
  "abc".includes(""),
  "null".includes(null as never),
];
export const indexOf = () => [
  "abcabc".indexOf("b"),
  "abcabc".indexOf("b", 2),
  "abc".indexOf("z"),
  "abc".indexOf("", 9),
  "a😀b".indexOf("b"),
];
export const lastIndexOf = () => [
  "abcabc".lastIndexOf("b"),
  "abcabc".lastIndexOf("b", 3),
  "abcabc".lastIndexOf("b", 0),
  "abc".lastIndexOf(""),
];
export const repeat = () => ["ab".repeat(3), "ab".repeat(0)];
export const repeatNegative = () => "ab".repeat(-1);
export const pad = () => [
  "7".padStart(3, "0"),
  "7".padEnd(3),
  "7".padStart(5, "ab"),
  "1234".padStart(2),
  "a".padStart(3, ""),
];
export const concat = () => "a".concat("b", 1 as never, null as never);
export const split = () => [
  "a,b,,c".split(","),
  "abc".split(""),
  "abc".split("b", 1),
  "".split(","),
  "".split(""),
];
export const splitLimit = () => [
  "a-b-c".split("-", 2),
  "a-b-c".split("-", 0),
  "a-b".split("-", -1),
];
export const splitRegex = () => [
  "a1b22c".split(/\d+/),
  "a1b2c".split(/(\d)/),
  "abc".split(/(?:)/),
  "a, b,c".split(/\s*,\s*/),
];
export const splitUndefined = () => "abc".split(undefined as never);
export const lines = () => "a\r\nb\nc".split(/\r?\n/);
export const replace = () => [
  "aab".replace("a", "x"),
  "aab".replace("z", "x"),
  "aab".replace("a", "$&$&"),
  "aab".replace("a", "$$"),
];
export const replaceAll = () => [
  "aab".replaceAll("a", "x"),
  "aab".replaceAll("", "-"),
];
export const replaceFunction = () =>
  "a-b-c".replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
export const replaceFunctionOffset = () =>
  "abcb".replace(/b/g, (found, at: number) => `${found}${at}`);
export const replaceFunctionText = () =>
  "abcb".replaceAll(
    "b",
    (found, at: number, all: string) => `${found}${at}${all.length}`,
  );
export const replaceGroups = () =>
  "2024-05-06".replace(/(\d+)-(\d+)-(\d+)/, "$3.$2.$1");
export const replaceAround = () => "abc".replace("b", "[$`|$']");
export const replaceTen = () =>
  "abcdefghijk".replace(/(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)/, "$10-$1-$11-$0");
export const replaceEmptyRegex = () => "abc".replace(/x*/g, "-");
export const replaceAlmostEmpty = () => "baaac".replace(/a*/g, "-");
export const replaceAllNotGlobal = () => "abc".replaceAll(/b/ as never, "x");
export const slug = () =>
  "  Hello, World! It's "
    .toLowerCase()
    .trim()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
export const camel = () =>
  "some_snake_case".replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());
export const kebab = () =>
  "someCamelCase".replace(/([A-Z])/g, "-$1").toLowerCase();
export const match = () => [
  "a1b2".match(/\d/g),
  "abc".match(/\d/g),
  "abc".match(/\d/),
];
export const matchGroups = () =>
  "2024-05".match(/(?<year>\d{4})-(?<month>\d\d)/)?.groups?.year;
export const matchIndex = () => {
  const found = "xxab".match(/a(b)?(c)?/);
  return [
    found?.index,
    found?.[0],
    found?.[1],
    found?.[2],
    found?.length,
    found?.input,
  ];
};
export const matchAll = () =>
  [..."a1b2".matchAll(/([a-z])(\d)/g)].map((found) => [
    found[1],
    found[2],
    found.index,
  ]);
export const matchAllNotGlobal = () => [..."a1".matchAll(/a/)];
export const matchText = () => "a.b".match("a.b")?.[0];
export const search = () => ["abc".search(/c/), "abc".search("z")];
export const localeCompare = () => [
  "a".localeCompare("b"),
  "a".localeCompare("A"),
  "A".localeCompare("a"),
  "a".localeCompare("B"),
  "B".localeCompare("a"),
  "a".localeCompare("a"),
];
export const localeCompareMore = () => [
  "ab".localeCompare("Aa"),
  "a1".localeCompare("a10"),
  "1".localeCompare("a"),
  "a b".localeCompare("ab"),
  "a-b".localeCompare("a_b"),
  "".localeCompare("a"),
];
export const localeCompareMarks = () =>
  " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
    .split("")
    .sort((a, b) => a.localeCompare(b))
    .join("");
export const localeCompareWithoutCase = () =>
  ["base", "accent", "case", "variant", undefined].map((sensitivity) => [
    "true".localeCompare("TRUE", undefined, { sensitivity } as never),
    "On".localeCompare("on", "en", { sensitivity } as never),
    "aB".localeCompare("Ac", "en-US", { sensitivity } as never),
    "Yes".localeCompare("yes ", ["de", "en"], { sensitivity } as never),
  ]);
export const localeCompareNumbers = () =>
  [
    ["a10", "a9"],
    ["01", "1"],
    ["x0", "X00"],
    ["1.10", "1.9"],
    ["7", "a"],
    ["-1", "1"],
    ["", "0"],
  ].map(([one, other]) => [
    one.localeCompare(other, undefined, { numeric: true }),
    one.localeCompare(other, "en", { numeric: true, sensitivity: "base" }),
    one.localeCompare(other, "fr", { numeric: false }),
  ]);
export const localeCompareElsewhere = () => [
  "i".localeCompare("I", "tr", { sensitivity: "base" }),
  "é".localeCompare("e", "en", { sensitivity: "base" }),
  "a-b".localeCompare("ab", "en", { ignorePunctuation: true }),
];
export const collator = () => {
  const { compare } = new Intl.Collator("en", { sensitivity: "base" });
  const numbers = Intl.Collator(undefined, { numeric: true });
  return [
    compare("ON", "on"),
    compare("on", "off"),
    ["b2", "B10", "a", "C"].sort(compare),
    ["b10", "b2"].sort((a, b) => numbers.compare(a, b)),
  ];
};
export const compareOperators = () => [
  "a" < "b",
  "B" < "a",
  "10" < "9",
  "a" < "aa",
  "😀" < "\uffff",
];
export const raw = () => String.raw`a\n${1 + 1}\u00e9`;
export const normalize = () => "abc".normalize("NFC");
export const missing = () => ("abc" as unknown as { foo?: number }).foo;
export const missingThen = () =>
  typeof ("abc" as unknown as { then?: unknown }).then;
export const missingCall = () => {
  try {
    return ("abc" as unknown as { map: () => number }).map();
  } catch (error) {
    return error instanceof TypeError;
  }
};
export const number = () =>
  ["5" * (2 as never), "5" - (2 as never), "5" + 2, +"5", -"5"] as unknown[];
export const toStringOf = () => ["a".toString(), "a".valueOf(), String("a")];
export const iterate = () => {
  let out = "";
  for (const c of "añ😀") out = c + out;
  return out;
};
export const initials = () =>
  "Ada Maria Byron"
    .split(" ")
    .map((word) => word[0])
    .join("");
export const mask = () => "4111111111111111".slice(-4).padStart(16, "*");
export const capital = () => "hello".charAt(0).toUpperCase() + "hello".slice(1);
export const count = () => "banana".split("a").length - 1;
export const reversed = () => "abc".split("").reverse().join("");
export const multi = () => `a
b`;
export const bearer = () =>
  "Bearer abc.def".replace(/^Bearer\s+/i, "").split(".")[1];
export const emptyChecks = () => [!!"", !!"0", "" || "x", "" ?? "x"];
export const formatted = () => [
  format("cron:%s:%s", "job", "2026"),
  format("%s-%d", 12, 7),
  format("no more"),
  format("%sx%s", "a", "%s"),
];
