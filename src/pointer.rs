//! JSON pointers: the one way in which everything after the parser names a place of the spec.

use std::fmt;
use std::sync::Arc;

/// A JSON pointer (RFC 6901) into the spec, such as `/offloads/response-timing/window`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(Arc<str>);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// The value under `key`.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        if key.contains(['~', '/']) {
            text.push_str(&key.replace('~', "~0").replace('/', "~1"));
        } else {
            text.push_str(key);
        }
        Self(Arc::from(text))
    }

    /// The element at `index`.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(Arc::from(format!("{}/{index}", self.0)))
    }

    /// What holds the value; none for the whole document.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(Arc::from(parent)))
    }

    /// A pointer from its text.
    pub fn parse(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The place as people write it, such as `policy.retries.ceiling` or `owners[0]`. A key that would be
    /// misread is in quotes.
    pub fn dotted(&self) -> String {
        let mut text = String::new();
        for segment in self.segments() {
            let is_plain = segment.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
            if !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit()) {
                text.push_str(&format!("[{segment}]"));
                continue;
            }
            if !text.is_empty() {
                text.push('.');
            }
            if is_plain && !segment.is_empty() {
                text.push_str(&segment);
            } else {
                text.push_str(&format!("\"{segment}\""));
            }
        }
        text
    }

    /// The unescaped segments, from the root down.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~"))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn a_place_is_written_with_dots() {
        let cases = [
            ("", ""),
            ("/policy/retries/ceiling", "policy.retries.ceiling"),
            ("/offloads/nightly-report/owners/0", "offloads.nightly-report.owners[0]"),
            ("/offloads/a/events/cron~1a.requested/eventId", "offloads.a.events.\"cron/a.requested\".eventId"),
        ];
        for (pointer, dotted) in cases {
            assert_eq!(Pointer::parse(pointer).dotted(), dotted);
        }
    }
}
