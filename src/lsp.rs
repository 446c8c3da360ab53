//! What editors show while somebody writes: a language server over the stages of the compiler.
//!
//! `server` is the edge: it reads messages, files and the clock. Everything else is functions from what the
//! compiler knows of a text, a [`Model`], and a place in it to an answer. YAML is parsed by `document` and by
//! nothing else. Nothing here prints: standard output belongs to the protocol.

mod actions;
mod code;
mod completion;
mod cursor;
mod hover;
mod language;
mod model;
mod names;
mod navigate;
mod position;
mod protocol;
mod rename;
#[expect(clippy::disallowed_methods, reason = "the edge reads the clock and looks for files")]
mod server;
mod symbols;
mod text;
mod uri;

pub use model::Model;
pub use server::{Ended, Settings, serve};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::Instant;
    use crate::rule::BASE;

    /// Asks everything at every place of a text near the line at `near`.
    fn ask(text: &str, near: usize, former: &Model) {
        let model = Model::new("spec.yaml", text, Some(former));
        let start: usize = text.split_inclusive('\n').take(near).map(str::len).sum();
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length + 1);
        for offset in (start..=end).filter(|offset| text.is_char_boundary(*offset)) {
            completion::complete(&model, text, offset);
            hover::hover(&model, offset, Instant::from_millis(1_771_400_000_000));
            if let Some(name) = navigate::named(&model, offset) {
                navigate::definition(&model, &name);
                navigate::references(&model, &name, true);
                let _ = rename::refusal(&model, &name);
            }
        }
        symbols::symbols(&model);
        for finding in model.findings() {
            for action in actions::actions(&model, finding) {
                rename::apply(text, &[action.edit]);
            }
        }
    }

    #[test]
    fn every_text_on_the_way_has_an_answer_everywhere() {
        let good = Model::new("spec.yaml", BASE, None);
        assert!(good.is_current());
        let lines: Vec<&str> = BASE.lines().collect();
        let pieces =
            ["", "- ", "  x", "{", "[", "\"", "😀: {", "'", "|", "? a", ": ", "&a", "*a", "\t", "#", "a: b: c", "..."];
        for at in 0..lines.len() {
            for piece in pieces {
                // Typed over a line, at its end, and with all that follows still to be written.
                let with = |line: String, rest: &[&str]| [&lines[..at], &[line.as_str()], rest].concat().join("\n");
                ask(&with(piece.to_owned(), &lines[at + 1..]), at, &good);
                if at % 4 == 0 {
                    ask(&with(format!("{}{piece}", lines[at]), &lines[at + 1..]), at, &good);
                    ask(&with(piece.to_owned(), &[]), at, &good);
                }
            }
        }
    }

    #[test]
    fn what_mends_a_finding_leaves_one_less() {
        let mends = [
            ("window: 5m", "windw: 5m"),
            ("kind: cron", "kind: corn"),
            ("    route: /api/cron/nightly-report\n", ""),
            ("window: 5m", "window: 5 minutes"),
            ("offload: nightly-report", "offload: nightly-reprt"),
            (", step: convert", ""),
            ("name: example", "name: 5"),
            ("priority: P1", "dispatchKey: \"cron:{jb}:{window}\""),
        ];
        for (old, new) in mends {
            let text = BASE.replacen(old, new, 1);
            assert_ne!(text, BASE, "{old}");
            let model = Model::new("spec.yaml", &text, None);
            let finding = model.findings().iter().find(|finding| finding.fix.is_some());
            let finding = finding.unwrap_or_else(|| panic!("{new}: nothing knows what mends it"));
            let mended = actions::actions(&model, finding).into_iter().find(|action| action.mends);
            let edit = mended.unwrap_or_else(|| panic!("{new}: no fix")).edit;
            let after = Model::new("spec.yaml", &rename::apply(&text, &[edit]), None);
            let left = |model: &Model| model.findings().iter().filter(|f| f.rule.id == finding.rule.id).count();
            assert_eq!(left(&after) + 1, left(&model), "{new}: {:?}", after.findings());
        }
    }
}
