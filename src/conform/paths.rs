//! Where imports lead.
use std::collections::BTreeSet;
/// Where an import leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// To a file.
    File(String),
    /// To a package.
    Package(String),
    /// Nowhere.
    Missing,
}
/// Resolves imports.
#[derive(Debug)]
pub struct Resolver {
    files: BTreeSet<String>,
}
impl Resolver {
    /// Of an application.
    pub fn new<'t>(files: &BTreeSet<String>, _read: impl Fn(&str) -> Option<&'t str>) -> Self {
        Self { files: files.clone() }
    }
    /// Resolves.
    pub fn resolve(&self, from: &str, request: &str) -> Resolved {
        let base = if let Some(rest) = request.strip_prefix("@/") {
            rest.to_owned()
        } else if request == "@events" {
            "lib/inngest/events".into()
        } else if request.starts_with('.') {
            let mut parts: Vec<&str> = from.split('/').collect();
            parts.pop();
            for part in request.split('/') {
                match part {
                    "." => {}
                    ".." => {
                        parts.pop();
                    }
                    other => parts.push(other),
                }
            }
            parts.join("/")
        } else {
            return Resolved::Package(request.into());
        };
        for end in ["", ".ts", ".tsx", "/index.ts"] {
            let path = format!("{base}{end}");
            if self.files.contains(&path) {
                return Resolved::File(path);
            }
        }
        Resolved::Missing
    }
}
