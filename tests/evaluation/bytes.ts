/** Bytes, and digests of them. */
import {
  createHash,
  createHmac,
  hash,
  randomBytes,
  scryptSync,
  timingSafeEqual,
} from "node:crypto";

const text = () => new TextEncoder().encode("héllo");
export const encode = () => [...text()];
export const lengths = () => [
  text().length,
  text().byteLength,
  Buffer.byteLength("é"),
  Buffer.from("é").length,
];
export const decode = () => new TextDecoder().decode(text());
export const decodeOptions = () =>
  new TextDecoder("utf-8").decode(new Uint8Array([226, 130, 172]));
export const index = () => [text()[0], text()[99], text().at(-1)];
export const from = () => [
  [...Uint8Array.from([1, 256, -1])],
  [...Uint8Array.of(1, 2)],
  [...new Uint8Array(2)],
  [...new Uint8Array([1.9, "3" as never])],
];
export const fromMap = () => [...Uint8Array.from([1, 2], (n) => n * 2)];
export const hexByMap = () =>
  Array.from(text(), (byte) => byte.toString(16).padStart(2, "0")).join("");
export const hexBySpread = () =>
  [...text()].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const hexByReduce = () =>
  text().reduce((hex, byte) => hex + byte.toString(16).padStart(2, "0"), "");
export const hexByLoop = () => {
  let hex = "";
  for (const byte of text()) hex += ("0" + byte.toString(16)).slice(-2);
  return hex;
};
export const hexByBuffer = () => Buffer.from(text()).toString("hex");
export const hexByArrayFrom = () =>
  Array.from(text())
    .map((byte) => ("00" + byte.toString(16)).slice(-2))
    .join("");
export const hexByPrototype = () =>
  Array.prototype.map
    .call(text(), (byte: number) => ("00" + byte.toString(16)).slice(-2))
    .join("");
export const base64 = () => [
  Buffer.from("héllo").toString("base64"),
  Buffer.from("a").toString("base64"),
  Buffer.from([251, 255]).toString("base64url"),
  Buffer.from("ab").toString("base64"),
];
export const fromBase64 = () => [
  Buffer.from("aMOpbGxv", "base64").toString(),
  Buffer.from("YQ==", "base64").toString("utf8"),
  Buffer.from("-_8", "base64url").toString("hex"),
  Buffer.from("YWI", "base64").toString("utf-8"),
];
export const fromHex = () => [
  [...Buffer.from("0aff", "hex")],
  [...Buffer.from("0az1", "hex")],
  [...Buffer.from("abc", "hex")],
];
export const latin = () => [
  Buffer.from("é", "latin1").length,
  Buffer.from([233]).toString("latin1"),
  Buffer.from("abc", "ascii").toString("ascii"),
];
export const btoas = () => [
  btoa("hello"),
  atob("aGVsbG8="),
  btoa("é"),
  atob("aGk"),
];
export const btoaWide = () => btoa("€");
export const btoaBytes = () =>
  btoa(String.fromCharCode(...new Uint8Array([1, 2, 255])));
export const concat = () =>
  Buffer.concat([Buffer.from("a"), Buffer.from("b")]).toString();
export const compare = () => [
  Buffer.compare(Buffer.from("a"), Buffer.from("b")),
  Buffer.from("a").equals(Buffer.from("a")),
  Buffer.from("b").compare(Buffer.from("a")),
  Buffer.from("a").equals(text()),
];
export const slices = () => [
  Buffer.from("hello").subarray(1, 3).toString(),
  Buffer.from("hello").subarray(-2).toString(),
  [...text().slice(0, 2)],
];
export const toStrings = () => [
  String(new Uint8Array([1, 2])),
  String(Buffer.from("a")),
  new Uint8Array([1]).toString(),
  `${Buffer.from("x")}`,
];
export const json = () => [
  JSON.stringify(Buffer.from("a")),
  JSON.stringify(new Uint8Array([7])),
];
export const methods = () => [
  text().includes(104),
  text().indexOf(108),
  text().join("-"),
  [...text().map((byte) => byte + 255)],
  text().every((byte) => byte > 1),
  text().find((byte) => byte > 200),
];
export const kinds = () => [
  Buffer.isBuffer(Buffer.from("a")),
  Buffer.isBuffer(text()),
  text() instanceof Uint8Array,
  Buffer.from("") instanceof Uint8Array,
];
export const alloc = () => Buffer.alloc(3).toString("hex");
export const sha256 = () => [
  createHash("sha256").update("abc").digest("hex"),
  createHash("sha256").update("a").update("bc").digest("base64"),
  createHash("sha256").update(text()).digest("base64url"),
];
export const sha512 = () =>
  createHash("SHA512").update("abc").digest("hex").slice(0, 16);
export const digestBytes = () =>
  createHash("sha256").update("abc").digest().toString("hex").slice(0, 8);
export const hmac = () => [
  createHmac("sha256", "key").update("data").digest("hex"),
  createHmac("sha256", Buffer.from("k"))
    .update("a")
    .update("b")
    .digest("base64"),
];
export const digestAtOnce = () => [
  hash("sha256", "abc"),
  hash("sha512", "abc", "base64url").slice(0, 12),
];
export const derivedKeys = () => [
  timingSafeEqual(scryptSync("a", "salt", 8), scryptSync("a", "salt", 8)),
  timingSafeEqual(scryptSync("a", "salt", 8), scryptSync("b", "salt", 8)),
  scryptSync("a", "salt", 24).length,
];
export const randomKey = () => {
  const key = randomBytes(32);
  const digest = (text: string) =>
    createHmac("sha256", key).update(text).digest();
  return [
    key.length,
    timingSafeEqual(digest("a"), digest("a")),
    timingSafeEqual(digest("a"), digest("b")),
    timingSafeEqual(key, randomBytes(32)),
  ];
};
export const subtle = async () => {
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode("abc"),
  );
  return [
    Array.from(new Uint8Array(digest))
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join(""),
    Buffer.from(digest).toString("hex"),
    digest.byteLength,
  ];
};
export const subtleView = async () => {
  const view = new Uint8Array(
    await crypto.subtle.digest(
      { name: "SHA-256" },
      new TextEncoder().encode(""),
    ),
  );
  return [...view].slice(0, 2);
};
export const safeEqual = () => [
  timingSafeEqual(Buffer.from("a"), Buffer.from("a")),
  timingSafeEqual(Buffer.from("a"), Buffer.from("b")),
];
export const safeEqualLength = () =>
  timingSafeEqual(Buffer.from("a"), Buffer.from("ab"));
export const written = () => {
  const bytes = new Uint8Array(2);
  bytes[0] = 7;
  return [...bytes];
};
export const reads = () => [
  Buffer.from([1, 2, 3, 4]).readUInt32BE(0),
  Buffer.from([9]).readUInt8(0),
  Buffer.from([1, 2]).readUInt16BE(),
];
export const filled = () => [
  Buffer.alloc(5, "ab").toString(),
  [...Buffer.alloc(3, 7)],
  Buffer.alloc(2, Buffer.from("xyz")).toString(),
];
export const textWritten = () => {
  const bytes = Buffer.alloc(6);
  const count = bytes.write("abc");
  const more = bytes.write("\u00e9\u00e9\u00e9", 3);
  return [
    count,
    more,
    bytes.toString("hex"),
    bytes.equals(Buffer.from("abc\u00e9\0")),
    bytes.subarray(0, 3).toString(),
  ];
};
