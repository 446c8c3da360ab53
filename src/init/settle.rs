//! A draft is held against the application by the rules that `check` has, until they report nothing
//! but what was left to decide.

use super::draft::Draft;
use super::write::write;
use crate::compile::{Compiled, compile};
use crate::conform;
use crate::conform::load::Loaded;
use crate::diagnostic::Diagnostic;

/// Most rounds: an owner that is added may do work that leads to the next.
const ROUNDS: usize = 12;

/// The text on which rules report only what is to be decided, and the draft that it was written from.
pub(super) fn settle(mut draft: Draft, path: &str, loaded: &Loaded) -> (String, Draft) {
    for _ in 0..ROUNDS {
        let text = write(&draft);
        let is_settled = match compile(path, text.clone().into_bytes()) {
            Ok(Compiled { document, contract, findings }) => {
                let code = conform::judge(&document, &contract, loaded);
                let all: Vec<Diagnostic> = findings.into_iter().chain(code).collect();
                let others = |one: &Diagnostic| {
                    let same = |other: &&Diagnostic| (other.rule.id, &other.offload) == (one.rule.id, &one.offload);
                    all.iter().filter(same).count() - 1
                };
                // Every finding is taken up, whatever the first did.
                all.iter().filter(|one| take_up(&mut draft, one, others(one), path)).count() == 0
            }
            Err(findings) => !leave_out(&mut draft, &findings, &text),
        };
        if is_settled {
            return (text, draft);
        }
    }
    (write(&draft), draft)
}

/// Draws what follows from a finding; whether that changed anything.
fn take_up(draft: &mut Draft, finding: &Diagnostic, others: usize, path: &str) -> bool {
    let rule = finding.rule.id;
    if rule == "undecided" {
        return false;
    }
    let job = finding.offload.as_deref();
    // Owners first: what else is found of an offload may follow from them.
    if rule == "owner-incomplete"
        && let Some(offload) = draft.offloads.iter_mut().find(|offload| Some(offload.job.as_str()) == job)
        && let file = finding.location.source.path()
        && file != path
        && !offload.owners.iter().any(|owner| owner == file)
    {
        offload.owners.push(file.to_owned());
        return true;
    }
    if rule == "owner-incomplete"
        && let Some(planned) = draft.planned.as_mut().filter(|planned| Some(planned.job.as_str()) == job)
        && !planned.owners.iter().any(|owner| owner == finding.location.source.path())
    {
        planned.owners.push(finding.location.source.path().to_owned());
        return true;
    }
    let accepted = match draft.offloads.iter_mut().find(|offload| Some(offload.job.as_str()) == job) {
        Some(offload) => &mut offload.accepted,
        None => match draft.planned.as_mut().filter(|planned| Some(planned.job.as_str()) == job) {
            Some(planned) => &mut planned.accepted,
            None => &mut draft.accepted,
        },
    };
    if accepted.iter().any(|(known, _)| known == rule) {
        return false;
    }
    let more = if others > 0 { format!("; and {others} more") } else { String::new() };
    accepted.push((rule.to_owned(), format!("{}{more}", finding.message)));
    true
}

/// Leaves out what the language refuses: offloads, else whole sections; whether there was one.
fn leave_out(draft: &mut Draft, findings: &[Diagnostic], text: &str) -> bool {
    let before = (draft.offloads.len(), draft.refused.len());
    for finding in findings {
        let job = finding.offload.as_deref();
        if let Some(index) = draft.offloads.iter().position(|offload| Some(offload.job.as_str()) == job) {
            let offload = draft.offloads.remove(index);
            draft.left_out.push((format!("the route {}", offload.route), finding.message.clone()));
        } else if let Some(key) = section_at(text, finding.location.span.start).filter(|key| is_optional(key))
            && !draft.refused.iter().any(|known| known == key)
        {
            draft.refused.push(key.to_owned());
            draft.left_out.push((format!("the section `{key}`"), finding.message.clone()));
        }
    }
    draft.payloads.retain(|(name, _)| draft.offloads.iter().any(|offload| offload.payload == *name));
    let has_work = !draft.offloads.is_empty() || draft.planned.is_some();
    has_work && before != (draft.offloads.len(), draft.refused.len())
}

/// The key of the section that a place of the text lies in.
fn section_at(text: &str, at: usize) -> Option<&str> {
    let above = text.get(..text[at.min(text.len())..].find('\n').map_or(text.len(), |end| at + end))?;
    let mut keys = above.lines().rev().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    keys.next()?.split(':').next()
}

fn is_optional(section: &str) -> bool {
    !matches!(section, "version" | "name" | "offloads" | "payloads")
}
