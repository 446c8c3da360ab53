//! The imports of a module, in the order that Biome gives them.

use std::collections::BTreeMap;

use super::{layout, literal};

/// What a module imports.
#[derive(Debug, Default)]
pub(super) struct Imports {
    modules: BTreeMap<(u8, String, String), Vec<(String, bool)>>,
    namespaces: Vec<(u8, String, String)>,
}

impl Imports {
    /// A value by its name.
    pub(super) fn value(&mut self, name: &str, module: &str) {
        self.add(name, module, false);
    }

    /// A type by its name.
    pub(super) fn type_(&mut self, name: &str, module: &str) {
        self.add(name, module, true);
    }

    /// Everything that a module exports, under one name.
    pub(super) fn namespace(&mut self, name: &str, module: &str, only_types: bool) {
        let word = if only_types { "import type" } else { "import" };
        let line = format!("{word} * as {name} from {};", literal::string(module));
        self.namespaces.push((distance(module), natural(module), line));
    }

    fn add(&mut self, name: &str, module: &str, is_type: bool) {
        let names = self.modules.entry((distance(module), natural(module), module.to_owned())).or_default();
        if !names.iter().any(|(known, _)| known == name) {
            names.push((name.to_owned(), is_type));
        }
    }

    /// The lines, sorted.
    pub(super) fn print(self) -> Vec<String> {
        let mut lines = self.namespaces;
        for ((distance, order, module), mut names) in self.modules {
            // A name that is changed sorts by what it is changed to.
            names.sort_by_cached_key(|(name, _)| natural(name.rsplit(' ').next().unwrap_or(name)));
            let module = literal::string(&module);
            let only_types = names.iter().all(|(_, is_type)| *is_type);
            let printed: Vec<String> = names
                .into_iter()
                .map(|(name, is_type)| if is_type && !only_types { format!("type {name}") } else { name })
                .collect();
            let line = layout::import(if only_types { "import type" } else { "import" }, &printed, &module);
            lines.push((distance, order, line));
        }
        lines.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        lines.into_iter().map(|(_, _, line)| line).collect()
    }
}

/// Packages come first, then what an alias stands for, then the project's own files.
fn distance(module: &str) -> u8 {
    match module.as_bytes() {
        [b'.', ..] => 2,
        [b'@' | b'~' | b'#' | b'$' | b'%', b'/', ..] | [b'#' | b'~', ..] => 1,
        _ => 0,
    }
}

/// A key that sorts like people do: numbers by value, and `A` before `a` before `B`.
fn natural(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let number = rest[..digits].trim_start_matches('0');
            // The length of a number comes before its digits.
            out.push('0');
            out.push(char::from_u32(u32::try_from(number.len()).unwrap_or(u32::MAX)).unwrap_or(char::MAX));
            out.push_str(number);
            rest = &rest[digits..];
            continue;
        }
        out.extend(c.to_lowercase());
        out.push(if c.is_lowercase() { '1' } else { '0' });
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn natural_order() {
        let mut names = vec!["b", "B", "a10", "a9", "A", "deriveA", "DispatchKeys", "a"];
        names.sort_by_cached_key(|name| natural(name));
        assert_eq!(names, ["A", "a", "a9", "a10", "B", "b", "DispatchKeys", "deriveA"].map(|n| n).to_vec());
    }

    #[test]
    fn packages_then_aliases_then_paths() {
        let mut imports = Imports::default();
        imports.value("b", "./b");
        imports.namespace("events", "./events", false);
        imports.type_("T", "inngest");
        imports.value("inngest", "@/lib/client");
        imports.value("x", "../x");
        imports.type_("C", "./b");
        assert_eq!(
            imports.print(),
            [
                "import type { T } from \"inngest\";",
                "import { inngest } from \"@/lib/client\";",
                "import { x } from \"../x\";",
                "import { b, type C } from \"./b\";",
                "import * as events from \"./events\";",
            ]
        );
    }
}
