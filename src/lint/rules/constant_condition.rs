//! `constant-condition`: a condition that no environment changes.

use crate::contract::Contract;
use crate::derive::{TruthTable, settled};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::truthy;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "constant-condition",
        severity: Severity::Error,
        group: Group::Flags,
        summary: "A condition has the same result in every environment.",
        why: "A flag that is never on offloads nothing; one that is always on cannot be rolled back.",
        bad: Example::Over(
            r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { allOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { unset: CRON_NIGHTLY_REPORT_USE_INNGEST }] }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
        ),
        good: Example::Over(
            r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { allOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { set: INNGEST_EVENT_KEY }] }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
        ),
    },
    check: |contract, findings| {
        if let Some(holds) = settled(&contract.dispatch.configured.value) {
            let which = if holds { "always" } else { "never" };
            findings.report(
                &RULE.meta,
                &contract.dispatch.configured.at,
                format!("Inngest {which} counts as configured, whatever the environment is"),
                "name the keys that Inngest needs: `{ set: INNGEST_EVENT_KEY }`",
            );
        }
        let Some(usable) = truthy::usable(contract) else { return };
        for flag in contract.flags.values().filter(|flag| flag.declared) {
            // An override that is the flag itself has a rule of its own.
            if flag.override_.as_ref().is_some_and(|o| o.on.value == flag.name) {
                continue;
            }
            let Some(table) = TruthTable::of(flag, &usable) else { continue };
            let (message, help) = if table.rows.iter().all(|row| !row.enabled) {
                (format!("`{}` is never on", flag.name), "change the condition so that some environment turns it on")
            } else if table.rows.iter().all(|row| row.enabled || row.overridden) {
                let message = if flag.override_.is_some() {
                    format!("`{}` is always on, except through its override", flag.name)
                } else {
                    format!("`{}` is always on", flag.name)
                };
                (message, "change the condition so that some environment turns it off")
            } else {
                continue;
            };
            let finding = findings.report(&RULE.meta, &flag.enabled_when.at, message, help);
            if let Some(job) = flag.offloads.first() {
                finding.offload(job);
            }
        }
    },
};
