//! Paths as clients name them.

use std::path::{Path, PathBuf};

/// The file that a URI names; none for what is no file.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    // The host is empty, or this machine.
    let rest = &rest[rest.find('/')?..];
    let mut bytes = Vec::with_capacity(rest.len());
    let mut left = rest.as_bytes();
    while let Some((first, after)) = left.split_first() {
        let digits = (*first == b'%').then(|| after.get(..2)).flatten();
        // `from_str_radix` takes a sign as well.
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let hex = digits.and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => (bytes.push(byte), left = &after[2..]),
            None => (bytes.push(*first), left = after),
        };
    }
    let text = String::from_utf8(bytes).ok()?;
    // `/c:/folder` on Windows.
    let is_drive = text.as_bytes().get(2) == Some(&b':') && text.as_bytes()[1].is_ascii_alphabetic();
    Some(PathBuf::from(if is_drive { &text[1..] } else { &text }))
}

/// The URI of a file.
pub(super) fn of(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(byte as char),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back() {
        for text in ["/a/b c/ü.yaml", "/app/[id]/(group)/@slot/route.ts", "/100%/x#y?z"] {
            assert_eq!(path(&of(Path::new(text))), Some(PathBuf::from(text)));
        }
        assert_eq!(path("file:///c%3A/work/a.yaml"), Some(PathBuf::from("c:/work/a.yaml")));
        assert_eq!(path("file://localhost/a"), Some(PathBuf::from("/a")));
        assert_eq!(path("untitled:Untitled-1"), None);
        for text in ["/a%+1", "/a%-1", "/a%zz", "/a%4", "/a%"] {
            assert_eq!(path(&format!("file://{text}")), Some(PathBuf::from(text)));
        }
    }
}
