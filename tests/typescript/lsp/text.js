/** Places in texts, as people read them and as the protocol counts them. */

/** Takes the marks `⟦name⟧` out of a text; gives where they were, in UTF-16 units. */
export function withoutMarks(text) {
  const marks = new Map();
  let plain = "";
  let from = 0;
  for (const found of text.matchAll(/⟦(\w+)⟧/gu)) {
    plain += text.slice(from, found.index);
    marks.set(found[1], plain.length);
    from = found.index + found[0].length;
  }
  return { text: plain + text.slice(from), marks };
}

const width = (text, encoding) =>
  encoding === "utf-8" ? Buffer.byteLength(text) : text.length;

/** The place of an offset. */
export function positionAt(text, offset, encoding) {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return {
    line: before.split("\n").length - 1,
    character: width(before.slice(start), encoding),
  };
}

/** The offset of a place. */
export function offsetAt(text, position, encoding) {
  const lines = text.split("\n");
  const start = lines
    .slice(0, position.line)
    .reduce((sum, line) => sum + line.length + 1, 0);
  let left = position.character;
  let at = 0;
  for (const character of lines[position.line] ?? "") {
    if (left <= 0) break;
    left -= width(character, encoding);
    at += character.length;
  }
  return start + at;
}

/** A range as people read it: line, column in characters, and the text in it. */
export function show(text, range, encoding) {
  const [start, end] = [range.start, range.end].map((position) =>
    offsetAt(text, position, encoding),
  );
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return `${String(range.start.line + 1)}:${String([...line].length + 1)} ${JSON.stringify(text.slice(start, end))}`;
}

/** A text with edits of the protocol. */
export function edited(text, edits, encoding) {
  const spans = edits.map(({ range, newText }) => ({
    start: offsetAt(text, range.start, encoding),
    end: offsetAt(text, range.end, encoding),
    newText,
  }));
  spans.sort((a, b) => b.start - a.start);
  return spans.reduce(
    (now, { start, end, newText }) =>
      now.slice(0, start) + newText + now.slice(end),
    text,
  );
}
