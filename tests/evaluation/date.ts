/** Instants; the local time is UTC. */
const at = () => new Date("2024-02-29T13:05:09.007Z");
export const iso = () => [
  at().toISOString(),
  at().toJSON(),
  JSON.stringify({ at: at() }),
  at().getTime(),
  +at(),
  at().valueOf(),
];
export const parts = () => [
  at().getUTCFullYear(),
  at().getUTCMonth(),
  at().getUTCDate(),
  at().getUTCDay(),
  at().getUTCHours(),
  at().getUTCMinutes(),
  at().getUTCSeconds(),
  at().getUTCMilliseconds(),
];
export const local = () => [
  at().getFullYear(),
  at().getMonth(),
  at().getDate(),
  at().getDay(),
  at().getHours(),
  at().getTimezoneOffset(),
];
export const utc = () => [
  Date.UTC(2024, 0),
  Date.UTC(2024, 12, 1),
  Date.UTC(99, 0),
  Date.UTC(2024, 0, 1, 2, 3, 4, 5),
  Date.UTC(2024, 1, 30),
  Date.UTC(1e9, 0),
];
export const constructed = () => [
  new Date(2024, 0, 31).toISOString(),
  new Date(0).toISOString(),
  new Date(2024, 1, 30, 25).toISOString(),
  new Date(1.9).getTime(),
  new Date(99, 0).getFullYear(),
];
export const parse = () =>
  [
    "2024-01-02",
    "2024-01",
    "2024",
    "2024-01-02T03:04Z",
    "2024-01-02T03:04:05+02:00",
    "2024-01-02T03:04:05.6789Z",
    "2024-01-02T24:00:00Z",
    "2024-01-02T03:04:05",
  ].map((text) => Date.parse(text));
export const parseInvalid = () =>
  [
    "2024-13-01",
    "2024-01-32",
    "nonsense",
    "2024-02-30",
    "2024-01-02T25:00:00Z",
    "",
  ].map((text) => Date.parse(text));
export const invalid = () => {
  const never = new Date("x");
  return [
    Number.isNaN(never.getTime()),
    never.getFullYear(),
    never.toJSON(),
    String(never),
  ];
};
export const invalidIso = () => new Date(NaN).toISOString();
export const setters = () => {
  const when = at();
  when.setUTCDate(when.getUTCDate() + 1);
  when.setUTCHours(0, 0, 0, 0);
  return when.toISOString();
};
export const setMonth = () => {
  const when = new Date("2024-01-31T00:00:00Z");
  return [when.setUTCMonth(1), when.toISOString()];
};
export const setMore = () => {
  const when = at();
  when.setUTCFullYear(2025, 5, 15);
  when.setUTCMinutes(90);
  when.setUTCSeconds(1, 2);
  when.setMilliseconds(5);
  return [when.toISOString(), when.setTime(5), when.getTime()];
};
export const arithmetic = () => [
  (at() as never as number) -
    (new Date("2024-02-28T13:05:09.007Z") as never as number),
  new Date(at().getTime() + 86_400_000).toISOString(),
];
export const compare = () => [
  at() < new Date("2025-01-01"),
  at() > new Date(0),
  at() === at(),
  at().getTime() === at().getTime(),
  at() <= at(),
];
export const copy = () => {
  const one = at();
  const two = new Date(one);
  two.setUTCFullYear(2000);
  return [one.toISOString(), two.toISOString()];
};
export const text = () => [String(at()), `${at()}`, at() + "", at().toString()];
export const forms = () => [at().toDateString(), at().toUTCString()];
export const day = () => at().toISOString().slice(0, 10);
export const month = () =>
  `${at().getUTCFullYear()}-${String(at().getUTCMonth() + 1).padStart(2, "0")}`;
export const startOfDay = () =>
  new Date(Math.floor(at().getTime() / 86_400_000) * 86_400_000).toISOString();
export const lastOfMonth = () => new Date(Date.UTC(2024, 2, 0)).toISOString();
export const years = () => [
  new Date(Date.UTC(12024, 0)).toISOString(),
  new Date(-62198755200000).toISOString(),
  new Date(-1).toISOString(),
];
export const limits = () => [
  new Date(8.64e15).getTime(),
  new Date(8.64e15 + 1).getTime(),
];
export const list = () =>
  [new Date(3), new Date(1)]
    .sort((a, b) => a.getTime() - b.getTime())
    .map((when) => when.getTime());
export const instance = () => [
  at() instanceof Date,
  typeof at(),
  Object.keys(at()),
];
export const nowIsNumber = () => typeof Date.now();
export const nowDifference = () => new Date().getTime() - Date.now() <= 0;
export const nullAndUndefined = () => [
  new Date(null as never).getTime(),
  new Date(undefined as never).getTime(),
];
export const legacy = () => new Date("Jan 2, 2024 03:04:05 UTC").toISOString();
export const localeText = () =>
  at().toLocaleDateString("en-US", { timeZone: "UTC" });
export const formatter = () =>
  new Intl.DateTimeFormat("en-US", { timeZone: "UTC" }).format(at());
const ofAllParts = {
  timeZone: "UTC",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
} as const;
export const swedish = () => {
  const date = new Date("2026-03-04T00:05:09.010Z");
  return [
    date.toLocaleString("sv-SE", { timeZone: "UTC" }),
    date.toLocaleDateString("sv-SE"),
    date.toLocaleTimeString("sv-SE"),
    new Intl.DateTimeFormat("sv-SE", ofAllParts).format(date),
    new Intl.DateTimeFormat("sv-SE").format(date),
  ];
};
export const british = () => {
  const { format } = new Intl.DateTimeFormat("en-GB", {
    ...ofAllParts,
    second: "2-digit",
    hour12: false,
  });
  return [
    format(new Date("2026-11-30T23:59:59Z")),
    format(0),
    new Date(0).toLocaleString("en-GB", { timeZone: "UTC" }),
    new Date(0).toLocaleDateString("en-GB", { timeZone: "UTC" }),
  ];
};
export const localParts = () =>
  new Intl.DateTimeFormat("en-GB", ofAllParts).formatToParts(
    new Date("2026-03-04T05:06:07Z"),
  );
