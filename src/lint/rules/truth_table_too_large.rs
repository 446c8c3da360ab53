//! `truth-table-too-large`: a condition that nobody can follow, and nothing can prove.

use std::collections::HashSet;

use crate::contract::Contract;
use crate::derive::MAX_VARIABLES;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "truth-table-too-large",
        severity: Severity::Error,
        group: Group::Flags,
        summary: "A flag, or `dispatch.configured`, depends on more than eight variables.",
        why: "Its truth table has thousands of rows: nobody can tell whether its rollback always works, and this tool \
              does not prove it.",
        bad: Example::Over(
            r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen:
        allOf:
          [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { on: A }, { on: B }, { on: C }, { on: D }, { on: E }, { on: F }, { on: G }, { on: H }]
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
        ),
        good: Example::Over(
            r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { allOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { on: A }, { on: B }, { on: C }] }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
        ),
    },
    check: |contract, findings| {
        for flag in contract.flags.values() {
            let mut names: HashSet<&str> = flag.enabled_when.variables().into_iter().map(|(name, _)| name).collect();
            names.extend(flag.override_.as_ref().map(|o| o.on.as_str()));
            if names.len() > MAX_VARIABLES {
                let message = format!("`{}` depends on {} variables", flag.name, names.len());
                let help = format!("use at most {MAX_VARIABLES}");
                let finding = findings.report(&RULE.meta, &flag.enabled_when.at, message, help);
                if let Some(job) = flag.offloads.first() {
                    finding.offload(job);
                }
            }
        }
        let configured = &contract.dispatch.configured;
        let names: HashSet<&str> = configured.value.variables().into_iter().map(|(name, _)| name).collect();
        if names.len() > MAX_VARIABLES {
            let message = format!("`dispatch.configured` depends on {} variables", names.len());
            let help = format!("let it depend on {MAX_VARIABLES} at most");
            findings.report(&RULE.meta, &configured.at, message, help);
        }
    },
};
