//! The changes as a comment on a pull request: what breaks first, each with the reason, who is affected and how to
//! ship it; the rest folded away.
//!
//! Text of a spec stays text: it makes no markup, no link and no mention. What would be too long for a
//! comment is left out with its number; what breaks is left out last.

use std::fmt::Write;

use super::changes::GONE;
use crate::diagnostic::markdown::MOST;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::markdown;

/// By this line a later run finds its comment again.
pub const MARKER: &str = "<!-- inngest-offload diff -->";

/// What the ends of the parts and the words about what is left out may need.
const RESERVE: usize = 600;

/// The comment. `against` is what the contract was compared with, `folder` what paths are relative to, as
/// seen from the repository.
pub fn comment(report: &Report, against: &str, folder: &str) -> String {
    let mut comment = Comment { text: format!("{MARKER}\n\n"), folder };
    let against = markdown::span(against);
    if report.is_empty() {
        let _ = writeln!(comment.text, "### No changes to the offload contract\n\nCompared with {against}.");
        return comment.text;
    }
    let of = |severity: Severity| -> Vec<&Diagnostic> {
        report.diagnostics().iter().filter(|change| change.rule.severity == severity).collect()
    };
    let (breaking, risky, safe) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
    let verdict = match (breaking.len(), risky.len()) {
        (0, 0) => "The offload contract changes; nothing that runs is affected".to_owned(),
        (0, 1) => "One change to the offload contract needs a review".to_owned(),
        (0, risky) => format!("{risky} changes to the offload contract need a review"),
        (1, _) => "One change to the offload contract breaks what works today".to_owned(),
        (breaking, _) => format!("{breaking} changes to the offload contract break what works today"),
    };
    let _ = write!(
        comment.text,
        "### {verdict}\n\n| breaking | risky | safe |\n| :---: | :---: | :---: |\n| {} | {} | {} |\n\nCompared \
         with {against}.\n",
        breaking.len(),
        risky.len(),
        safe.len()
    );
    comment.part(None, "Breaking", &breaking, Comment::whole);
    comment.part(Some(breaking.is_empty()), "Risky", &risky, Comment::whole);
    comment.part(Some(false), "Safe", &safe, Comment::short);
    comment.text
}

/// The comment when there is nothing to compare with. `words` say so.
pub fn all_new(words: &str) -> String {
    format!("{MARKER}\n\n### The offload contract is new\n\n{}.\n", markdown::comment(words))
}

struct Comment<'r> {
    text: String,
    folder: &'r str,
}

impl Comment<'_> {
    /// The changes of a class, as many as there is room for. `folded` when a reader is to open them, with
    /// whether they are open already.
    fn part(
        &mut self,
        folded: Option<bool>,
        title: &str,
        changes: &[&Diagnostic],
        print: fn(&Self, &Diagnostic, bool) -> String,
    ) {
        if changes.is_empty() {
            return;
        }
        let _ = match folded {
            None => write!(self.text, "\n#### {title}\n"),
            Some(open) => {
                let open = if open { " open" } else { "" };
                write!(self.text, "\n<details{open}>\n<summary><b>{title}</b> ({})</summary>\n", changes.len())
            }
        };
        let mut room = MOST.saturating_sub(RESERVE + self.text.chars().count());
        let mut shown = 0;
        // The changes of a rule stand together, and its reason is given once.
        let mut last = "";
        let mut rules: Vec<&str> = Vec::new();
        changes.iter().map(|change| change.rule.id).for_each(|id| {
            if !rules.contains(&id) {
                rules.push(id)
            }
        });
        let together = rules.iter().flat_map(|id| changes.iter().filter(move |change| change.rule.id == *id));
        for change in together {
            let is_told = std::mem::replace(&mut last, change.rule.id) == change.rule.id;
            let item = print(self, change, is_told);
            let length = item.chars().count();
            if length > room {
                break;
            }
            room -= length;
            shown += 1;
            self.text.push_str(&item);
        }
        if shown < changes.len() {
            let left = changes.len() - shown;
            let _ = write!(
                self.text,
                "\n{left} more {} left out, because this comment would be too long. `inngest-offload diff` shows \
                 all of them.\n",
                if left == 1 { "is" } else { "are" }
            );
        }
        if folded.is_some() {
            if !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            self.text.push_str("\n</details>\n");
        }
    }

    /// A change with the reason and who is affected, unless that was said already, and how to ship it.
    fn whole(&self, change: &Diagnostic, is_told: bool) -> String {
        let mut out =
            format!("\n- **{}** ({})\n", markdown::comment(&sentence(&change.message)), markdown::span(change.rule.id));
        out.push_str(&self.places(change));
        if !is_told {
            let _ = writeln!(out, "  - **Why:** {}", markdown::comment(change.rule.why));
            let hits: Vec<&str> = change.hits.iter().map(|audience| audience.as_str()).collect();
            if !hits.is_empty() {
                let _ = writeln!(out, "  - **Who is affected:** {}", hits.join(", "));
            }
        }
        let _ = writeln!(out, "  - **How to ship it:** {}", markdown::comment(&sentence(&change.help)));
        out
    }

    /// A change in one line.
    fn short(&self, change: &Diagnostic, _: bool) -> String {
        let (at, _) = change.location.visible();
        let place = format!("{}{}:{}", self.folder, change.location.source.path(), at.line);
        format!(
            "\n- {} ({}, {})",
            markdown::comment(&sentence(&change.message)),
            markdown::span(change.rule.id),
            markdown::span(&place)
        )
    }

    /// The lines of both specs.
    fn places(&self, change: &Diagnostic) -> String {
        let line = |location: &crate::source::Location| {
            let (at, _) = location.visible();
            let lines = location.source.line_range(at.line, at.line);
            let text = markdown::shorten(location.source.slice(lines).trim(), 160);
            let place = format!("{}{}:{}", self.folder, location.source.path(), at.line);
            format!("{}: {}", markdown::span(&place), markdown::span(&text))
        };
        let mut out = String::new();
        for related in &change.related {
            let _ = writeln!(out, "  - **Before:** {}", line(&related.location));
        }
        // What is gone has no line of its own.
        if !change.related.iter().any(|related| related.message == GONE) {
            let _ = writeln!(out, "  - **Now:** {}", line(&change.location));
        }
        out
    }
}

/// A message as a sentence: it begins with a capital letter, unless it begins with a name.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
