//! `name-taken`: a name of the spec that the generated code has already.

use std::collections::HashMap;

use crate::contract::{Contract, Sourced};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::once::Once;
use crate::names::{self, GENERATED_TYPES, GENERATED_VALUES, PLATFORM};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "name-taken",
        severity: Severity::Error,
        group: Group::Names,
        summary: "A payload, a flag or an event constant has a name that the generated code uses.",
        why: "The generated module would declare the name twice, or use the payload in place of, for example, the \
              platform's `Response`.",
        bad: Example::Over(
            r"
payloads: { Response: { extends: BackgroundDispatchEventData, fields: { note: { type: string, optional: true } } } }
offloads: { nightly-report: { payload: Response } }
",
        ),
        good: Example::Over(
            r"
payloads: { ReportData: { extends: BackgroundDispatchEventData, fields: { note: { type: string, optional: true } } } }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
    },
    check: |contract, findings| {
        let taken = Taken::of(contract);
        for payload in contract.payloads.values() {
            if let Some(by) = taken.types.get(&payload.name) {
                let message = format!("the name of the payload `{}` is already used for {by}", payload.name);
                findings.report_key(&RULE.meta, &payload.at, message, "choose another name");
            }
        }
        for flag in contract.flags.values() {
            if let Some(by) = taken.values.get(&flag.name) {
                let message = format!("the name of the flag `{}` is already used for {by}", flag.name);
                findings.report_key(&RULE.meta, &flag.at, message, "choose another variable");
            }
        }
        let mut once = Once::default();
        for (offload, event) in contract.events() {
            let constant: &Sourced<String> = &event.constant;
            let flag = contract.flags.get(&constant.value);
            let by =
                taken.values.get(&constant.value).cloned().or(flag.map(|flag| format!("the flag `{}`", flag.name)));
            if let Some(by) = by.filter(|_| once.first(constant)) {
                let message = format!(
                    "the name of the constant `{}` of `{}` is already used for {by}",
                    constant.value, event.name.value
                );
                let help = "begin the pattern `eventConstant` with a prefix such as `INNGEST_EVENT_`";
                let finding = findings.report(&RULE.meta, &constant.at, message, help).offload(&offload.job);
                if let Some(flag) = flag {
                    finding.also(&flag.at, "the flag");
                }
            }
        }
    },
};

/// Names that are taken, and by what.
struct Taken {
    types: HashMap<String, String>,
    values: HashMap<String, String>,
}

impl Taken {
    fn of(contract: &Contract) -> Self {
        let own = |name: &&str| ((*name).to_owned(), "a declaration of the generated code".to_owned());
        let platform = |name: &&str| ((*name).to_owned(), "a platform API that the generated code uses".to_owned());
        let mut types: HashMap<_, _> = GENERATED_TYPES.iter().map(own).chain(PLATFORM.iter().map(platform)).collect();
        let mut values: HashMap<_, _> = GENERATED_VALUES.iter().map(own).chain(PLATFORM.iter().map(platform)).collect();
        for offload in contract.offloads.values().filter(|offload| offload.params.is_some()) {
            let by = format!("a declaration generated for `{}`", offload.job);
            let job = names::pascal(&offload.job);
            types.insert(format!("{job}Params"), by.clone());
            types.insert(format!("{job}EventData"), by.clone());
            values.insert(names::guarded(format!("{}_PARAMS", names::constant(&offload.job))), by);
        }
        let client = contract.targets.typescript.as_ref().map(|target| &target.client);
        let writer = contract.ledger.as_ref().map(|ledger| &ledger.writer);
        for import in client.into_iter().chain(writer) {
            values.insert(import.export.value.clone(), format!("an import from `{}`", import.module.value));
        }
        Self { types, values }
    }
}
