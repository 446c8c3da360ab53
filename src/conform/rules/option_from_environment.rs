//! `option-from-environment`: an environment variable can set an option beyond what the contract allows.

use std::collections::BTreeMap;

use super::CodeRule;
use crate::conform::evidence::functions::pairs;
use crate::conform::evidence::options::{ALL, Form, FunctionOption, Verdict, label, said};
use crate::conform::observe::FunctionFacts;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "option-from-environment",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "An environment variable can set an option beyond what the contract allows.",
        why: "The contract is kept only while the variable is not set: once it is set, runs overlap that must not, and no review notices.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "concurrency: { limit: 1 },",
                "concurrency: { limit: Number(process.env.REPORT_LIMIT ?? 1) },",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for pair in pairs(facts) {
            for option in ALL {
                let Some(claimed) = option.claimed(&pair) else { continue };
                let unset = option.of_code(&pair.seen.options);
                // One that differs anyway, or is not known, has a rule of its own.
                if claimed.compare(&unset, None) != Verdict::Same {
                    continue;
                }
                for variable in beyond(pair.seen, option, &claimed) {
                    let values = values(pair.seen, option, variable, &unset);
                    let (key, id) = (option.key, &pair.claimed.id.value);
                    let message = format!(
                        "`{variable}` can set `{key}` of `{id}` to {values}; when it is unset, the option is {}; {}",
                        unset.show(),
                        said(&claimed)
                    );
                    let help = format!(
                        "use the value from the contract, or write `{{ env: {variable}, default, min, max }}` in the contract"
                    );
                    let place = facts.location(option_place(pair.seen, key));
                    findings
                        .report_at(&RULE.meta, place, message, help)
                        .offload(&pair.offload.job)
                        .also(&claimed.at, label(&claimed, key));
                }
            }
        }
    },
};

/// Variables that set an option to what the contract does not allow, each once.
fn beyond<'f>(seen: &'f FunctionFacts, option: &FunctionOption, claimed: &Form) -> Vec<&'f str> {
    let mut all: Vec<&str> = Vec::new();
    for (variable, _, options) in &seen.in_env {
        let set = option.of_code(options);
        if !all.contains(&&**variable) && claimed.compare(&set, Some(variable)) == Verdict::Differs {
            all.push(variable);
        }
    }
    all
}

/// What a variable was seen to set an option to: `values from 1 to 8`, or the values.
fn values(seen: &FunctionFacts, option: &FunctionOption, variable: &str, unset: &Form) -> String {
    let tried = seen.in_env.iter().filter(|(name, ..)| &**name == variable);
    let forms: Vec<Form> = tried.map(|(.., options)| option.of_code(options)).collect();
    let known = || forms.iter().chain([unset]).filter(|form| !form.has_unknown());
    let mut numbers: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for form in known() {
        for (path, number) in form.numbers() {
            numbers.entry(path).or_default().push(number);
        }
    }
    let mut varying = numbers.values().filter(|all| all.iter().any(|number| *number != all[0]));
    if let (Some(all), None) = (varying.next(), varying.next()) {
        let smallest = all.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        return format!("values from {smallest} to {largest}");
    }
    let mut shown: Vec<String> = Vec::new();
    for form in known().filter(|form| *form != unset) {
        let text = form.show();
        if !shown.contains(&text) {
            shown.push(text);
        }
    }
    shown.truncate(3);
    shown.join(", ")
}

/// Where the option is written, also when it is present only because of the variable.
fn option_place(seen: &FunctionFacts, key: &str) -> crate::conform::program::Site {
    let all = std::iter::once(&seen.options).chain(seen.in_env.iter().map(|(.., options)| options));
    all.filter_map(|options| options.field(key)).map(|field| field.at).next().unwrap_or(seen.at)
}
