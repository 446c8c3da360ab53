//! Paths that cannot leave the root.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

/// A path relative to the root, with `/`, without `.` and `..`. It can be written on every
/// platform: no reserved name, no character that Windows refuses, no part over 255 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct RelPath(String);

/// Why a text is no path inside the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPath {
    /// There is nothing.
    Empty,
    /// It starts at the root of a file system or a drive.
    Absolute,
    /// It goes up.
    Parent,
    /// It uses `\`.
    Backslash,
    /// A part is `.`.
    Dot,
    /// A part is empty, ends with a dot or a space, or holds a character that some file system
    /// refuses.
    Part,
    /// A part is a device name on Windows.
    Reserved,
    /// A part is the folder of git itself.
    Git,
    /// A part has more than 255 bytes.
    TooLong,
}

impl BadPath {
    /// Why, for people: continues "the path …".
    pub fn why(self) -> &'static str {
        match self {
            Self::Empty => "is empty",
            Self::Absolute => "is absolute",
            Self::Parent => "contains `..`",
            Self::Dot => "contains the part `.`; name a folder",
            Self::Backslash => "contains `\\`; write `/`",
            Self::Part => "has a part that is not valid on every file system",
            Self::Reserved => "has a part that is a device name on Windows",
            Self::Git => "is inside the `.git` folder",
            Self::TooLong => "has a part of more than 255 bytes",
        }
    }
}

impl RelPath {
    /// The root itself.
    pub fn root() -> Self {
        Self(String::new())
    }

    /// A path from text; one trailing `/` is dropped.
    ///
    /// # Errors
    /// The text is no path inside the root.
    pub fn parse(text: &str) -> Result<Self, BadPath> {
        if text.is_empty() {
            return Err(BadPath::Empty);
        }
        if text.contains('\\') {
            return Err(BadPath::Backslash);
        }
        let drive = text.as_bytes().get(1) == Some(&b':') && text.as_bytes()[0].is_ascii_alphabetic();
        if text.starts_with('/') || drive {
            return Err(BadPath::Absolute);
        }
        let text = text.strip_suffix('/').unwrap_or(text);
        let text = text.strip_prefix("./").unwrap_or(text);
        for part in text.split('/') {
            check_part(part)?;
        }
        Ok(Self(text.to_owned()))
    }

    /// The path of a child. `name` is made by an emitter from names that are proven.
    ///
    /// # Errors
    /// The name is no path inside the root.
    pub fn join(&self, name: &str) -> Result<Self, BadPath> {
        let child = Self::parse(name)?;
        if self.0.is_empty() { Ok(child) } else { Ok(Self(format!("{}/{}", self.0, child.0))) }
    }

    /// The path from the folder `self` to `other`, as an import or a link needs it: `../b/c`.
    pub fn relative_to(&self, other: &Self) -> String {
        let from: Vec<&str> = self.0.split('/').filter(|p| !p.is_empty()).collect();
        let to: Vec<&str> = other.0.split('/').filter(|p| !p.is_empty()).collect();
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let mut parts = vec![".."; from.len() - shared];
        parts.extend(&to[shared..]);
        if parts.first() == Some(&"..") { parts.join("/") } else { format!("./{}", parts.join("/")) }
    }

    /// The folder that it lies in; empty for the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}

fn check_part(part: &str) -> Result<(), BadPath> {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    if part == ".." {
        return Err(BadPath::Parent);
    }
    if part == "." {
        return Err(BadPath::Dot);
    }
    if part.is_empty() || part.ends_with(['.', ' ']) || part.contains(['<', '>', ':', '"', '|', '?', '*']) {
        return Err(BadPath::Part);
    }
    if part.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Err(BadPath::Part);
    }
    if part.len() > 255 {
        return Err(BadPath::TooLong);
    }
    // The second is what Windows calls the first where names have eight letters.
    if part.eq_ignore_ascii_case(".git") || part.eq_ignore_ascii_case("git~1") {
        return Err(BadPath::Git);
    }
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    if DEVICES.contains(&stem.as_str())
        || numbered
            .is_some_and(|n| matches!(n, "\u{b9}" | "\u{b2}" | "\u{b3}") || matches!(n.as_bytes(), [b'0'..=b'9']))
    {
        return Err(BadPath::Reserved);
    }
    Ok(())
}

/// Characters that a reader cannot see: bidirectional controls, zero-width characters, separators.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{061c}' | '\u{00ad}' | '\u{fff9}'..='\u{fffb}')
}
