//! A plan as findings: what drifted, by how much, and which part of the spec caused it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::unified::unified;
use super::{Conflict, Obstacle, Plan, Stale, Update, codes};
use crate::artifact::{Artifact, Ownership, Seal, seal, template, without_seal};
use crate::contract::{Contract, RelPath, places};
use crate::diagnostic::{Diagnostic, Related};
use crate::document::{Document, Part};
use crate::pointer::Pointer;
use crate::rule::Meta;
use crate::source::{Location, Source, Span};

/// Every difference between the disk and the contract.
pub fn drift(document: &Document, contract: &Contract, plan: &Plan) -> Vec<Diagnostic> {
    if plan.is_clean() {
        return Vec::new();
    }
    let drift = Drift { document, causes: causes(contract, plan) };
    let mut out = Vec::new();
    out.extend(drift.missing(plan));
    for update in &plan.update {
        let message = format!("`{}` is out of date", update.artifact.path);
        out.push(drift.differs(&codes::OUTDATED, update, message, &outdated_help(update), true));
    }
    for stale in &plan.delete {
        let message = format!("`{}` no longer belongs to anything in the spec", stale.path);
        out.push(whole(
            &codes::STALE,
            &stale.path,
            &stale.before,
            message,
            "run `inngest-offload generate` to remove it",
        ));
    }
    let mut of_specs: BTreeMap<&str, Vec<&RelPath>> = BTreeMap::new();
    let mut obstructed: BTreeMap<(&str, Obstacle), Vec<&Artifact>> = BTreeMap::new();
    for conflict in &plan.conflicts {
        match conflict {
            Conflict::Obstructed(artifact, obstacle) => {
                obstructed.entry((artifact.path.folder(), *obstacle)).or_default().push(artifact);
            }
            Conflict::OfSpec(artifact, spec) => of_specs.entry(spec).or_default().push(&artifact.path),
            Conflict::Edited(update) => out.push(drift.edited(update)),
            Conflict::EditedStale(stale) => out.push(edited_stale(stale)),
            Conflict::Foreign(update) => out.push(drift.foreign(update)),
        }
    }
    out.extend(of_specs.iter().map(|(spec, paths)| drift.of_spec(spec, paths)));
    out.extend(obstructed.iter().map(|((_, obstacle), artifacts)| drift.obstructed(*obstacle, artifacts)));
    out
}

/// What to do about a file that differs: another one's templates are no change of the spec.
fn outdated_help(update: &Update) -> String {
    let (before, now) = (template(&update.before), template(&update.artifact.text));
    match (before, now) {
        (Some(name), None) => format!(
            "it was generated with your own template `{name}`: name its folder with `--templates` or, for everyone, \
             in `targets.templates`; or run `inngest-offload generate` to use the built-in template"
        ),
        (None, Some(name)) => {
            format!("it was generated with the built-in template: run `inngest-offload generate` to use your `{name}`")
        }
        _ => "run `inngest-offload generate`".to_owned(),
    }
}

/// The part of the spec that asks for outputs.
fn targets() -> Pointer {
    Pointer::root().key("targets")
}

struct Drift<'d> {
    document: &'d Document,
    causes: Vec<Pointer>,
}

impl Drift<'_> {
    /// One finding for all that is missing for one reason.
    fn missing(&self, plan: &Plan) -> Vec<Diagnostic> {
        let (handlers, generated): (Vec<&Artifact>, Vec<&Artifact>) =
            plan.create.iter().partition(|artifact| artifact.ownership == Ownership::Handler);
        let mut out = Vec::new();
        let nothing_yet = plan.unchanged == 0 && plan.update.is_empty() && plan.conflicts.is_empty();
        if nothing_yet && generated.len() > 1 {
            let location = self.document.locate(&targets(), Part::Key);
            let message = format!("nothing is generated yet: {} files are missing", plan.create.len());
            return vec![Diagnostic::new(&codes::MISSING, location, message, "run `inngest-offload generate`")];
        }
        let mut by_cause: BTreeMap<Pointer, Vec<&RelPath>> = BTreeMap::new();
        for artifact in generated {
            by_cause.entry(self.written(&artifact.cause)).or_default().push(&artifact.path);
        }
        for (cause, paths) in by_cause {
            let location = self.document.locate(&cause, Part::Key);
            let message = match paths.as_slice() {
                [path] => format!("`{path}` is missing"),
                paths => format!("{} generated files are missing: {}", paths.len(), list(paths)),
            };
            out.push(Diagnostic::new(&codes::MISSING, location, message, "run `inngest-offload generate`"));
        }
        for artifact in handlers {
            let location = self.document.locate(&artifact.cause, Part::Key);
            let message = format!("the handler `{}` of this offload is missing", artifact.path);
            let help = "run `inngest-offload generate` to create a stub, then implement it";
            out.push(Diagnostic::new(&codes::HANDLER_MISSING, location, message, help));
        }
        out
    }

    /// The cause of an artifact if it is a part of the spec that somebody wrote; else what asks for
    /// outputs at all.
    fn written(&self, cause: &Pointer) -> Pointer {
        let is_part = !cause.as_str().is_empty() && self.document.get(cause).is_some();
        if is_part { cause.clone() } else { targets() }
    }

    fn edited(&self, update: &Update) -> Diagnostic {
        let message = format!("`{}` was changed by hand", update.artifact.path);
        let help = "move the change to the spec or to your own code; `inngest-offload generate --force` reverts it";
        self.differs(&codes::EDITED, update, message, help, false)
    }

    fn foreign(&self, update: &Update) -> Diagnostic {
        let message = format!("`{}` exists, but was not written by inngest-offload", update.artifact.path);
        let help = "move it away, or change `out` in the spec; `inngest-offload generate --force` replaces it";
        self.differs(&codes::FOREIGN, update, message, help, false)
    }

    /// One finding for all that another spec generates as well.
    fn of_spec(&self, spec: &str, paths: &[&RelPath]) -> Diagnostic {
        let message = format!("`{spec}` generates files with the same names: {}", list(paths));
        let help = "give each spec its own `out`, or remove a spec that is no longer needed";
        Diagnostic::new(&codes::OF_SPEC, self.document.locate(&targets(), Part::Key), message, help)
    }

    /// One finding for all that one thing stands in the way of.
    fn obstructed(&self, obstacle: Obstacle, artifacts: &[&Artifact]) -> Diagnostic {
        let several = artifacts.len() > 1;
        let (one, many, help) = match obstacle {
            Obstacle::Folder => (
                "there is a folder with this name",
                "there are folders with these names",
                "remove the folder, or change `out` in the spec",
            ),
            Obstacle::Link => (
                "it is a symbolic link, or in a folder that is one",
                "they are symbolic links, or in a folder that is one",
                "replace the link by a folder: outputs are never written through links",
            ),
            Obstacle::FileAbove => (
                "one of its folders is a file",
                "one of their folders is a file",
                "remove that file, or change `out` in the spec",
            ),
            Obstacle::Special => ("it is not a regular file", "it is not a regular file", "remove it"),
            Obstacle::Unreadable => ("it cannot be read", "they cannot be read", "check the permissions of the file"),
        };
        let paths: Vec<&RelPath> = artifacts.iter().map(|artifact| &artifact.path).collect();
        let message = format!("{} cannot be written: {}", list(&paths), if several { many } else { one });
        let cause = artifacts.first().map_or_else(targets, |artifact| self.written(&artifact.cause));
        let cause = if several { targets() } else { cause };
        Diagnostic::new(&codes::OBSTRUCTED, self.document.locate(&cause, Part::Key), message, help)
    }

    fn differs(&self, code: &'static Meta, update: &Update, message: String, help: &str, caused: bool) -> Diagnostic {
        let path = &update.artifact.path;
        let source = Arc::new(Source::new(path.as_str(), update.before.clone()));
        let line = first_difference(&update.before, &update.artifact.text);
        let mut span = source.line_range(line, line);
        let text = source.slice(span);
        span.start += text.len() - text.trim_start().len();
        let mut finding = Diagnostic::new(code, Location { source, span }, message, help);
        let before = without_seal(&update.before).replace("\r\n", "\n");
        finding.diff = Some(unified(path.as_str(), &before, &without_seal(&update.artifact.text)));
        if caused {
            for cause in self.causes_of(&update.artifact) {
                let location = self.document.locate(cause, Part::Value);
                finding.related.push(Related { location, message: "the spec says this now".into() });
            }
        }
        finding
    }

    /// The changes of the spec that concern an artifact: those inside its own part, else the first.
    fn causes_of(&self, artifact: &Artifact) -> Vec<&Pointer> {
        const MOST: usize = 3;
        let own = format!("{}/", artifact.cause);
        let inside: Vec<&Pointer> = self.causes.iter().filter(|cause| cause.as_str().starts_with(&own)).collect();
        let chosen = if inside.is_empty() { self.causes.iter().collect() } else { inside };
        chosen.into_iter().take(MOST).collect()
    }
}

/// The places of the spec whose resolved values differ from those of the `contract.json` on the disk,
/// in the order of the spec. Empty when there is none that the compiler wrote.
fn causes(contract: &Contract, plan: &Plan) -> Vec<Pointer> {
    let is_contract = |update: &&Update| update.artifact.path.as_str().rsplit('/').next() == Some("contract.json");
    let Some(update) = plan.update.iter().find(is_contract) else { return Vec::new() };
    if seal(&update.before) != Seal::Intact {
        return Vec::new();
    }
    let (Ok(before), Ok(after)) = (serde_json::from_str::<Value>(&update.before), serde_json::to_value(contract))
    else {
        return Vec::new();
    };
    let mut causes: Vec<Pointer> = places(contract)
        .into_iter()
        .filter(|(pointer, _)| before.pointer(pointer) != after.pointer(pointer))
        .map(|(_, place)| place)
        .collect();
    causes.sort();
    causes.dedup();
    // Of nested places the inner one says more.
    let inner = |outer: &Pointer| causes.iter().any(|other| other.as_str().starts_with(&format!("{outer}/")));
    causes.iter().filter(|cause| !inner(cause)).cloned().collect()
}

fn edited_stale(stale: &Stale) -> Diagnostic {
    let message = format!("`{}` was changed by hand and no longer belongs to anything in the spec", stale.path);
    let help = "copy the parts that you need; `inngest-offload generate --force` removes the file";
    whole(&codes::EDITED, &stale.path, &stale.before, message, help)
}

fn whole(code: &'static Meta, path: &RelPath, text: &str, message: String, help: &str) -> Diagnostic {
    let source = Arc::new(Source::new(path.as_str(), text.to_owned()));
    Diagnostic::new(code, Location { source, span: Span::new(0, 0) }, message, help)
}

/// The first line (from 1) of `before` that differs, seals apart.
fn first_difference(before: &str, after: &str) -> usize {
    let (before, after) = (without_seal(before), without_seal(after));
    let same = before.lines().zip(after.lines()).take_while(|(a, b)| a == b).count();
    (same + 1).min(before.lines().count().max(1))
}

/// The first paths of a list, and how many more there are.
fn list(paths: &[&RelPath]) -> String {
    const MOST: usize = 4;
    let shown: Vec<String> = paths.iter().take(MOST).map(|path| format!("`{path}`")).collect();
    let more = if paths.len() > MOST { format!(" and {} more", paths.len() - MOST) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
