/** Headers and answers. */
export const fromRecord = () => {
  const headers = new Headers({ "Content-Type": "text/plain", "X-A": " 1 " });
  return [
    headers.get("content-type"),
    headers.get("x-a"),
    headers.get("none"),
    headers.has("X-a"),
    headers.has("y"),
  ];
};
export const fromPairs = () =>
  new Headers([
    ["a", "1"],
    ["A", "2"],
  ]).get("a");
export const fromHeaders = () => [
  ...new Headers(new Headers({ b: "1", a: "2" })),
];
export const change = () => {
  const headers = new Headers();
  headers.set("a", "1");
  headers.append("a", "2");
  headers.append("b", "3");
  headers.delete("b");
  headers.set("c", "x");
  return [...headers.entries()];
};
export const iterate = () => {
  const headers = new Headers({ b: "1", a: "2" });
  const out: string[] = [];
  headers.forEach((value, key) => out.push(`${key}=${value}`));
  return [
    out,
    [...headers.keys()],
    [...headers.values()],
    Object.fromEntries(headers),
  ];
};
export const cookies = () => {
  const headers = new Headers();
  headers.append("Set-Cookie", "a=1");
  headers.append("set-cookie", "b=2");
  return [headers.getSetCookie(), headers.get("set-cookie")];
};
export const authorization = () => {
  const headers = new Headers({ authorization: "Bearer abc" });
  return headers.get("Authorization")?.replace("Bearer ", "");
};
export const answerStatus = () => [
  Response.json({ a: 1 }).status,
  Response.json({}, { status: 201 }).status,
  new Response("x").ok,
  new Response(null, { status: 404 }).ok,
];
export const answerJson = async () =>
  (await Response.json({ a: [1] }).json()) as unknown;
export const answerHeaders = () =>
  Response.json({}, { headers: { "x-a": "1" } }).headers.get("x-a");
export const answerHeadersSet = () => {
  const answer = new Response("x", {
    headers: { "content-type": "text/plain", "x-a": "1" },
  });
  answer.headers.set("X-A", "2");
  return [
    answer.headers.get("x-a"),
    answer.headers.get("content-type"),
    answer.headers.has("y"),
  ];
};
export const redirect = () => [
  Response.redirect("https://a.com/").status,
  Response.redirect("https://a.com/", 308).status,
];
export const instances = () => [
  new Headers() instanceof Headers,
  new Response() instanceof Response,
];
