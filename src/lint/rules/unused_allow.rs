//! `unused-allow`: an accepted finding that does not arise.

use std::collections::HashSet;

use crate::contract::{Allow, Contract, UNKNOWN_REFERENCE};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::document::Document;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};
use crate::suggest::did_you_mean;

/// The rule. Its findings come from [`apply`], which knows what the other rules found.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "unused-allow",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "A finding is accepted under `allow`, but does not occur.",
        why: "An exception that is no longer needed hides the next finding of the same kind.",
        bad: Example::Over("offloads: { nightly-report: { allow: [{ rule: unused-allow, reason: Measured. }] } }"),
        good: Example::Over("offloads: { nightly-report: { allow: null } }"),
    },
    check: |_, _| {},
};

/// Whether a finding may keep other rules from finding theirs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Findable {
    /// Each rule finds what it finds, whatever else is wrong.
    Always,
    /// Of an offload whose code does something else already, not every rule can say more.
    Alone,
}

/// Leaves out what the contract accepts; reports what it accepts in vain, of the rules that ran, whose
/// ids are `ran`.
pub(crate) fn apply(
    document: &Document,
    contract: &Contract,
    found: Vec<Diagnostic>,
    ran: &dyn Fn(&str) -> bool,
    findable: Findable,
) -> Vec<Diagnostic> {
    let mut used: HashSet<(Option<&str>, &str)> = HashSet::new();
    let accepts = |list: &[Allow], id: &str| list.iter().any(|allow| allow.rule.value == id);
    let mut kept = Vec::new();
    for finding in found {
        let id = finding.rule.id;
        let offload = finding.offload.as_deref().and_then(|job| contract.offloads.get(job));
        if let Some(offload) = offload.filter(|offload| accepts(&offload.allow, id)) {
            used.insert((Some(&offload.job), id));
        } else if accepts(&contract.allow, id) {
            used.insert((None, id));
        } else {
            kept.push(finding);
        }
    }
    let is_hidden = |job: Option<&str>| {
        let is_about = |finding: &Diagnostic| match (job, finding.offload.as_deref()) {
            (Some(job), Some(other)) => job == other,
            _ => true,
        };
        findable == Findable::Alone && kept.iter().any(is_about)
    };
    let mut findings = Findings::new(document);
    for (job, allow) in entries(contract) {
        let name = allow.rule.value.as_str();
        if ran(name) && !used.contains(&(job, name)) && !is_hidden(job) {
            let message = format!("`{name}` is accepted here, but does not occur");
            findings.report(&RULE.meta, &allow.rule.at, message, "remove the entry");
        }
    }
    kept.extend(findings.into_diagnostics());
    kept
}

/// Reports entries that name no rule whose findings can be accepted.
pub(crate) fn unknown(document: &Document, contract: &Contract) -> Vec<Diagnostic> {
    let mut findings = Findings::new(document);
    let own = super::RULES.iter().map(|rule| rule.meta.id);
    let known = own.chain(crate::conform::RULES.iter().map(|rule| rule.meta.id));
    for (_, allow) in entries(contract) {
        let name = allow.rule.value.as_str();
        if !known.clone().any(|id| id == name) {
            let close = did_you_mean(name, known.clone());
            let help = match close {
                Some(close) => format!("did you mean `{close}`?"),
                None => "`inngest-offload rules` lists the rules".to_owned(),
            };
            let message = format!("there is no rule `{name}`");
            findings.report(&UNKNOWN_REFERENCE, &allow.rule.at, message, help).fixed_by(close.map(Fix::text));
        }
    }
    findings.into_diagnostics()
}

fn entries(contract: &Contract) -> impl Iterator<Item = (Option<&str>, &Allow)> {
    let lists = contract.offloads.values().map(|offload| (Some(offload.job.as_str()), &offload.allow));
    lists.chain([(None, &contract.allow)]).flat_map(|(job, list)| list.iter().map(move |allow| (job, allow)))
}
