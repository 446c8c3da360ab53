//! Paths that only some file systems tell apart.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::{Offload, RelPath, Sourced, Targets, codes};
use super::Resolver;
use indexmap::IndexMap;

impl Resolver<'_> {
    /// Reports folders and files that differ only in case: on macOS and Windows they are one.
    pub(super) fn twins(&mut self, targets: &Targets, offloads: &IndexMap<String, Offload>) {
        let typescript = targets.typescript.iter().flat_map(|typescript| [&typescript.out, &typescript.handlers]);
        let folders = typescript.chain(&targets.schemas).chain(&targets.docs).chain(&targets.templates);
        let owners = offloads.values().flat_map(|offload| &offload.owners);
        let mut known: HashMap<String, (&str, &Sourced<RelPath>)> = HashMap::new();
        for path in folders.chain(owners) {
            let text = path.value.as_str();
            let ends = text.match_indices('/').map(|(at, _)| at).chain([text.len()]);
            for part in ends.map(|end| &text[..end]) {
                match known.entry(part.to_lowercase()) {
                    Entry::Vacant(free) => {
                        free.insert((part, path));
                    }
                    Entry::Occupied(taken) if taken.get().0 == part => {}
                    Entry::Occupied(taken) => {
                        let (other, first) = *taken.get();
                        let message = format!("`{part}` and `{other}` differ only in case");
                        let help = "use the same spelling: some file systems do not distinguish them";
                        self.findings
                            .report(&codes::BAD_PATH, &path.at, message, help)
                            .also(&first.at, "the other one");
                        break;
                    }
                }
            }
        }
    }
}
