/** Templates. */
export const parts = () => [
  `${1}${"a"}${true}${null}${undefined}`,
  `${[1, 2]}`,
  `${{}}`,
  `a${`b${1 + 1}`}c`,
];
export const lines = () => `a
  b`;
export const escapes = () => `\t\u0041\x41\\\``;
const tag = (texts: TemplateStringsArray, ...values: unknown[]) => ({
  texts: [...texts],
  raw: [...texts.raw],
  values,
});
export const tagged = () => tag`a${1}b\n${"x"}`;
export const taggedEmpty = () => tag``;
export const taggedMember = () => {
  const o = {
    n: 2,
    tag(t: TemplateStringsArray, v: number) {
      return t[0]! + v * this.n;
    },
  };
  return o.tag`x${5}`;
};
export const raw = () => String.raw`C:\new\${"x"}`;
export const conditional = () => `${true ? "a" : "b"}${[] as never}`;
export const mapped = () =>
  `<ul>${["a", "b"].map((x) => `<li>${x}</li>`).join("")}</ul>`;
export const money = () => `$${(5).toFixed(2)}`;
