//! `override-is-flag`: a flag that overrides itself.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "override-is-flag",
        severity: Severity::Error,
        group: Group::Flags,
        summary: "The override of a flag is the flag itself.",
        why: "The override takes precedence: turning the flag on would turn the offload off.",
        bad: Example::Over(
            r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      override: { on: CRON_NIGHTLY_REPORT_USE_INNGEST, means: inline }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
        ),
        good: Example::Over(
            r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      override: { on: CRON_FORCE_INLINE, means: inline }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
        ),
    },
    check: |contract, findings| {
        for flag in contract.flags.values() {
            let Some(override_) = flag.override_.as_ref().filter(|o| o.on.value == flag.name) else { continue };
            let message = format!("the override of `{}` is the flag itself", flag.name);
            let help = "name another variable, for example one for emergencies";
            let finding = findings.report(&RULE.meta, &override_.on.at, message, help);
            if let Some(job) = flag.offloads.first() {
                finding.offload(job);
            }
        }
    },
};
