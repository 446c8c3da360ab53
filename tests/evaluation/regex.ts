/** Regular expressions. */
export const test = () => [
  /^a+$/.test("aaa"),
  /^a+$/.test("ab"),
  /A/i.test("a"),
  /b/.test("abc"),
];
export const classes = () => [
  /^\d+$/.test("12"),
  /^\d+$/.test("١٢"),
  /^\w+$/.test("é"),
  /^\s+$/.test(" \t\u00a0\ufeff"),
];
export const email = () =>
  ["a@b.co", "a@b", "a b@c.de"].map((text) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
  );
export const uuid = () =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(
    "123e4567-e89b-12d3-a456-426614174000",
  );
export const dot = () => [
  /a.c/.test("a\nc"),
  /a.c/s.test("a\nc"),
  /a.c/.test("a\u2028c"),
];
export const lines = () => "a\nb".match(/^\w$/gm);
export const end = () => [/a$/.test("a\n"), /^b/m.test("a\nb")];
export const bracketInClass = () => [
  /[[]/.test("["),
  /[\]]/.test("]"),
  /[a&&b]/.test("&"),
  /[a-]/.test("-"),
];
export const literalBrace = () => [
  /a{/.test("a{"),
  /^a{2}$/.test("aa"),
  /^a{1,}$/.test("aaa"),
  /}/.test("}"),
];
export const escapes = () => [
  /\//.test("/"),
  /\./.test("x"),
  /\-/.test("-"),
  /\x41/.test("A"),
  /\u0041/.test("A"),
  /\$/.test("$"),
];
export const boundary = () => [
  "a cat".match(/\bcat\b/)?.index,
  /\bcat/.test("concat"),
  "éa".match(/\ba/)?.index,
];
export const exec = () => {
  const found = /(\d+)-(\d+)/.exec("x 10-20");
  return [found?.[0], found?.[1], found?.[2], found?.index];
};
export const execNull = () => /z/.exec("abc");
export const execLoop = () => {
  const pattern = /(\w)=(\d)/g;
  const out: string[] = [];
  let found: RegExpExecArray | null;
  while ((found = pattern.exec("a=1;b=2;c=3")) !== null)
    out.push(`${found[1]}${found[2]}`);
  return out;
};
export const globalTest = () => {
  const pattern = /a/g;
  return [
    pattern.test("ab"),
    pattern.lastIndex,
    pattern.test("ab"),
    pattern.lastIndex,
  ];
};
export const named = () => {
  const { groups } = /(?<key>\w+):(?<value>\w+)/.exec("a:b") ?? {};
  return { ...groups };
};
export const noGroups = () => /a/.exec("a")?.groups;
export const lookahead = () => /a(?=b)/.test("ab");
export const lookbehind = () => "price: $42".replace(/(?<=\$)\d+/, "0");
export const backreference = () => /(a)\1/.test("aa");
export const unicode = () => /^\p{L}+$/u.test("é");
export const source = () => [
  /a\/b/gi.source,
  /a/gi.flags,
  /a/g.global,
  String(/a+/i),
];
export const constructed = () => [
  new RegExp("^a\\d$").test("a1"),
  new RegExp("A", "i").test("a"),
  new RegExp("a.c").source,
];
export const escaped = () => "a.b*c".replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
export const lazy = () => "<a><b>".match(/<.+?>/)?.[0];
export const alternatives = () =>
  ["cat", "dog", "cow"].filter((text) => /^(?:cat|dog)$/.test(text));
export const optionalGroup = () => "ab".match(/a(x)?b/)?.[1];
export const iso = () =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(
    "2024-05-06T07:08:09.123Z",
  );
export const emptyMatch = () => [
  "abc".match(/x*/)?.[0],
  "abc".match(/(?:)/g)?.length,
];
export const notInClass = () => "a1-b2".replace(/[^\d]/g, "");
export const space = () => "a  b\tc".replace(/\s+/g, " ");
export const sticky = () => {
  const word = /[a-z]+/y;
  const found = [word.exec("ab cd")?.[0], word.lastIndex];
  return [...found, word.test("ab cd"), word.lastIndex];
};
export const thousands = () => "1234567".replace(/\B(?=(\d{3})+(?!\d))/g, ",");
export const camel = () =>
  "fooBarBaz".replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase();
export const negativeAhead = () =>
  ["a.test.ts", "a.ts"].filter((name) => /^(?!.*\.test\.).*\.ts$/.test(name));
export const behindLonger = () => /(?<=ab+)c/.exec("xabbbc")?.index;
