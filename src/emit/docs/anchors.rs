//! Anchors of headings as GitHub makes them, so that links between pages stay right.
//!
//! Headings of things begin with the word for the thing ("Offload `x`"), so that no name of the spec
//! can take the anchor of a heading that is always there.

use std::collections::HashMap;

/// Gives out anchors in the order of a page.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    given: HashMap<String, usize>,
}

impl Anchors {
    /// The anchor of a heading with this text; later ones of the same text get a number.
    pub(super) fn take(&mut self, heading: &str) -> String {
        let base = slug(heading);
        let mut anchor = base.clone();
        while self.given.contains_key(&anchor) {
            let count = self.given.entry(base.clone()).or_insert(0);
            *count += 1;
            anchor = format!("{base}-{count}");
        }
        self.given.insert(anchor.clone(), 0);
        anchor
    }
}

/// Lower case, without punctuation, spaces as `-`.
fn slug(heading: &str) -> String {
    if heading.is_ascii() {
        let kept = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_');
        let letter = |b: u8| if b == b' ' { '-' } else { char::from(b.to_ascii_lowercase()) };
        let mut out = String::with_capacity(heading.len());
        out.extend(heading.bytes().filter(kept).map(letter));
        return out;
    }
    let kept = heading.chars().flat_map(char::to_lowercase);
    kept.filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn anchors_are_those_of_github() {
        let mut anchors = Anchors::default();
        let cases = [
            ("Offload response-timing", "offload-response-timing"),
            ("Flag CRON_X", "flag-cron_x"),
            ("Event cron/x.requested", "event-cronxrequested"),
            ("Event cron/x.requested", "event-cronxrequested-1"),
            ("Event cronx.requested", "event-cronxrequested-2"),
            ("Was? Äh!", "was-äh"),
        ];
        for (heading, expected) in cases {
            assert_eq!(anchors.take(heading), expected, "{heading}");
        }
    }
}
