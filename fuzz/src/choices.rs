//! Bytes read as choices, so that any input is a valid structure and a small change of it a small change of that.

/// The choices that are left.
pub struct Choices<'b> {
    left: &'b [u8],
}

/// Text that has broken something somewhere: quotes of every language that is printed, ends of comments, marks of
/// templates, what YAML reads as something else, and what cannot be seen.
pub const WORDS: &[&str] = &[
    "a",
    "report",
    "x-y",
    "9",
    "",
    " ",
    "true",
    "null",
    "~",
    "0x1F",
    "1e3",
    "-0",
    ".5",
    "007",
    "9007199254740993",
    "2026-02-18",
    "'",
    "\"",
    "`",
    "\\",
    "\\u2028",
    "${x}",
    "{{ x }}",
    "{% x %}",
    "{# x",
    "*/",
    "/*",
    "//",
    "<!--",
    "-->",
    "</script>",
    "</style>",
    "&amp;",
    "<b>",
    "|",
    "#",
    ": ",
    "- ",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{2028}",
    "\u{202e}",
    "\u{feff}",
    "漢字",
    "é",
    "e\u{301}",
    "😀",
    "ß",
    "İ",
    "..",
    "/",
    "../x",
    "C:\\x",
    "con",
    "nul.ts",
    "__proto__",
    "constructor",
    "toString",
    "default",
    "class",
    "await",
    "undefined",
    "NaN",
    "{job}",
    "{window}",
    "[:{paramsHash}]",
    "{paramsHash | sha256(8)}",
    "{uuid}",
    "{now}",
    "event.data.x",
    "event.data.dispatchKey",
    "async.data.x",
    "'k'",
    "a && b",
    "has(event.data.x) ? 'a' : 'b'",
    "5m",
    "1h30m",
    "0s",
    "366d",
    "*/5 * * * *",
    "0 0 31 2 *",
    "* * * * *",
    "string",
    "array<string>",
    "map<array<Base>>",
    "timestamp",
    "enum",
    "app/x/route.ts",
    "@/lib/x",
    "^[a-z]+$",
    "(",
    "(a+)+$",
    "$comment",
    "inngest-offload:sha256:",
    "@ts-ignore",
    "eslint-disable",
    "%%{init}%%",
    ";",
    "=",
    "A_FLAG",
    "PORT",
];

impl<'b> Choices<'b> {
    /// The choices of an input.
    pub fn of(bytes: &'b [u8]) -> Self {
        Self { left: bytes }
    }

    /// Whether none is left: what is built should end.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// The next byte, or 0 where there is none.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.left.split_first() else { return 0 };
        self.left = rest;
        *first
    }

    /// A number below this one, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        let mut number = usize::from(self.byte());
        if end > 256 {
            number = number << 8 | usize::from(self.byte());
        }
        number % end
    }

    /// True once in so many times, and never when no choice is left.
    pub fn once_in(&mut self, times: usize) -> bool {
        !self.is_empty() && self.below(times) == times - 1
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A number of any size, small ones more often.
    pub fn number(&mut self) -> i64 {
        match self.below(8) {
            0..=4 => i64::from(self.byte()),
            5 => -i64::from(self.byte()),
            6 => (0..5).fold(0, |number, _| number << 8 | i64::from(self.byte())),
            _ => (0..8).fold(0, |number, _| number << 8 | i64::from(self.byte())),
        }
    }

    /// A text: words, and sometimes the next bytes as they are.
    pub fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(3) {
            match self.below(8) {
                0 => {
                    let (raw, rest) = self.left.split_at(self.left.len().min(6));
                    self.left = rest;
                    text.push_str(&String::from_utf8_lossy(raw));
                }
                1 => text.extend(char::from_u32(self.below(0x10000) as u32)),
                _ => text.push_str(self.pick::<&str>(WORDS)),
            }
        }
        text
    }
}

/// A place in a text, on the border of a character.
pub fn place(text: &str, choices: &mut Choices<'_>) -> usize {
    let mut at = choices.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Changes a text once: a piece goes, comes twice, moves, or gives way to a word or to a piece of another text.
pub fn change(text: &mut String, other: &str, choices: &mut Choices<'_>) {
    let token = |text: &str, from: usize| {
        let tail = &text[from..];
        let start = tail.find(|c: char| c.is_alphanumeric()).unwrap_or(0);
        let length = tail[start..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(tail.len() - start);
        from + start..from + start + length
    };
    let line = |text: &str, at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        start..text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
    };
    let at = place(text, choices);
    match choices.below(8) {
        0 => drop(text.drain(line(text, at))),
        1 => {
            let range = line(text, at);
            let twice = text[range.clone()].to_owned();
            text.insert_str(range.start, &twice);
        }
        2 => {
            let piece = other[line(other, place(other, choices))].to_owned();
            text.insert_str(line(text, at).start, &piece);
        }
        3 => {
            let piece = other[token(other, place(other, choices))].to_owned();
            text.replace_range(token(text, at), &piece);
        }
        4 => text.replace_range(token(text, at), &choices.text()),
        5 => {
            let end = place(text, choices);
            drop(text.drain(at.min(end)..at.max(end).min(floor(text, at.min(end) + 40))));
        }
        6 => {
            let sign =
                *choices.pick(&["{", "}", "(", ")", "[", "]", "<", ">", ":", ",", "\"", "'", "`", "=>", "\n", "?."]);
            text.insert_str(at, sign);
        }
        _ => text.insert_str(at, &choices.text()),
    }
}

/// The border of a character at or before this place.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
