/** Addresses and their parameters. */
const parts = (url: URL) => [
  url.href,
  url.origin,
  url.host,
  url.hostname,
  url.port,
  url.pathname,
  url.search,
  url.hash,
  url.protocol,
];
export const plain = () =>
  parts(new URL("https://Example.com:8443/a/b?x=1&y=2#z"));
export const bare = () => parts(new URL("http://localhost:3000"));
export const defaultPort = () => [
  new URL("https://a.com:443/x").href,
  new URL("http://a.com:80").host,
];
export const relative = () =>
  [
    "/x",
    "x",
    "../x",
    "?q=1",
    "#h",
    "//b.com/y",
    "https://c.com/z",
    "",
    "./",
    "a/../b",
  ].map((path) => new URL(path, "https://a.com/one/two?three#four").href);
export const baseTrailing = () => [
  new URL("x", "https://a.com/one/").href,
  new URL("/x", "https://a.com/one/").href,
  new URL("x", "https://a.com").href,
];
export const baseUrl = () =>
  new URL("/api", new URL("https://a.com/deep/path")).href;
export const encoding = () => [
  new URL("https://a.com/a b?c d=é#f g").href,
  new URL("https://a.com/é").pathname,
  new URL("https://a.com/%41%zz").pathname,
];
export const dots = () => [
  new URL("https://a.com/a/./b/../c").pathname,
  new URL("https://a.com/../..").pathname,
];
export const invalid = () => new URL("nonsense");
export const invalidEmpty = () => {
  try {
    return new URL("").href;
  } catch (error) {
    return error instanceof TypeError;
  }
};
export const setters = () => {
  const url = new URL("https://a.com/x?y=1#z");
  url.pathname = "/other path";
  url.search = "q=2";
  url.hash = "";
  url.port = "8080";
  url.protocol = "http";
  return url.href;
};
export const setHost = () => {
  const url = new URL("https://a.com/x");
  url.hostname = "b.com";
  url.searchParams.set("a", "1");
  return [url.href, url.host];
};
export const searchParams = () => {
  const url = new URL("https://a.com/x?y=1");
  url.searchParams.set("token", "a b&c");
  url.searchParams.append("y", "2");
  return [
    url.href,
    url.search,
    url.searchParams.getAll("y"),
    url.toString(),
    `${url}`,
    JSON.stringify({ url }),
  ];
};
export const deleteParam = () => {
  const url = new URL("https://a.com/x?y=1&z=2");
  url.searchParams.delete("y");
  return [url.href, url.searchParams.has("y"), url.searchParams.size];
};
export const untouched = () => {
  const url = new URL("https://a.com/?a=b%20c+d");
  return [url.searchParams.get("a"), url.href];
};
export const params = () => {
  const params = new URLSearchParams("?a=1&b=2&a=3&c");
  return [
    params.get("a"),
    params.getAll("a"),
    params.get("z"),
    params.has("c"),
    params.get("c"),
    params.toString(),
    [...params],
  ];
};
export const paramsFrom = () => [
  new URLSearchParams({ a: "1", b: "x y" }).toString(),
  new URLSearchParams([
    ["a", "1"],
    ["a", "2"],
  ]).toString(),
  new URLSearchParams(new Map([["k", "v"]]) as never).toString(),
  new URLSearchParams(new URLSearchParams("q=1")).toString(),
  new URLSearchParams().toString(),
];
export const paramsEncoding = () =>
  new URLSearchParams({ a: "é &=+*~'()!", "k y": "-._" }).toString();
export const paramsDecoding = () => [
  ...new URLSearchParams("a=1+2&b=%C3%A9&c=%zz&=x&d=a=b"),
];
export const paramsSet = () => {
  const params = new URLSearchParams("a=1&b=2&a=3");
  params.set("a", "9");
  params.set("c", String(5));
  params.append("b", "4");
  return params.toString();
};
export const paramsSort = () => {
  const params = new URLSearchParams("c=1&a=2&b=3&a=1");
  params.sort();
  return params.toString();
};
export const paramsIterate = () => {
  const out: string[] = [];
  new URLSearchParams("a=1&b=2").forEach((value, key) =>
    out.push(`${key}:${value}`),
  );
  for (const [key, value] of new URLSearchParams("c=3")) out.push(key + value);
  return [
    out,
    [...new URLSearchParams("a=1").keys()],
    [...new URLSearchParams("a=1").values()],
    Object.fromEntries(new URLSearchParams("x=1&y=2")),
  ];
};
export const components = () => [
  encodeURIComponent("a b&c/é😀!'()*"),
  decodeURIComponent("a%20b%26%C3%A9"),
  decodeURIComponent("a+b"),
  encodeURIComponent(""),
];
export const componentMalformed = () => decodeURIComponent("%zz");
export const templated = () =>
  new URL(
    `/items/${encodeURIComponent("a/b")}?n=${5}`,
    "https://x.io",
  ).toString();
export const canParse = () => [
  URL.canParse("https://a.com"),
  URL.canParse("x"),
];
export const instances = () => [
  new URL("https://a.com") instanceof URL,
  new URLSearchParams() instanceof URLSearchParams,
];
export const ip = () => new URL("http://127.0.0.1:8288/e/key").host;
export const withCredentials = () => new URL("https://u:p@a.com/").username;
export const otherScheme = () => new URL("mailto:a@b.c").protocol;
export const ofAKey = () => {
  const url = new URL("cron:response-timing:2026-03-04T05:05");
  return [url.href, String(url), url.protocol, url.pathname, url.toJSON()];
};
