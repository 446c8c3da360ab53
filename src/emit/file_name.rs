//! Names of the spec as file names that every platform can hold, also where case does not count.

use std::collections::HashSet;

use crate::contract::RelPath;
use crate::derive::hex;
use sha2::{Digest, Sha256};

/// Longest stem, so that every suffix fits into 255 bytes.
const LONGEST: usize = 150;

/// Gives each name a stem of its own.
#[derive(Debug, Default)]
pub(in crate::emit) struct Stems {
    taken: HashSet<String>,
}

impl Stems {
    /// The stem for a name: `cron/response-timing.requested` → `cron.response-timing.requested`. A
    /// name that cannot be told from an earlier one gets digits of its hash.
    pub(in crate::emit) fn take(&mut self, name: &str) -> String {
        let kept = name.chars().map(|c| match c {
            '/' => '.',
            c if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') => c,
            _ => '_',
        });
        let mut stem: String = kept.take(LONGEST).collect();
        let exact = name.len() <= LONGEST && stem == name.replace('/', ".");
        if stem.starts_with('.') || RelPath::parse(&format!("{stem}.json")).is_err() {
            stem.insert(0, '_');
        }
        if !exact || !self.taken.insert(stem.to_lowercase()) {
            let hash = hex(&Sha256::digest(name.as_bytes()));
            stem = format!("{stem}-{}", &hash[..8]);
            self.taken.insert(stem.to_lowercase());
        }
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::Stems;
    use crate::contract::RelPath;

    #[test]
    fn every_name_has_a_stem_of_its_own() {
        let long = "x".repeat(255);
        let names =
            ["cron/a.requested", "cron.a.requested", "CRON.a.requested", "con/x", "..", "a b", "a_b", "ä", &long];
        let mut stems = Stems::default();
        let mut seen: Vec<String> = Vec::new();
        for name in names {
            let stem = stems.take(name);
            assert!(RelPath::parse(&format!("{stem}.json")).is_ok(), "{name}: {stem}");
            assert!(!seen.contains(&stem.to_lowercase()), "{name}: {stem}");
            seen.push(stem.to_lowercase());
        }
        assert_eq!(seen[0], "cron.a.requested");
    }
}
