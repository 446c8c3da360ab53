//! `parameter-hash-changed`: parameters are hashed differently.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "parameter-hash-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Parameters are hashed differently.",
        why: "Calls with parameters get different keys for the same work: a replay within 24 h runs again.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    params: { allow: [clientId] }
    dispatchKey: "cron:{job}:{window}[:{paramsHash}]"
"#,
            new: "offloads: { nightly-report: { params: { hash: { algorithm: sha256, hexLength: 32 } } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    params: { allow: [clientId] }
    dispatchKey: "cron:{job}:{window}[:{paramsHash}]"
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let params = offload.part("params", |o| o.params.as_ref());
            if params.both().is_none() {
                // They came or went as a whole: no call had a hash of them, or none has.
                for key in ["algorithm", "hexLength"] {
                    changes.account(&params.path.key(key));
                }
                continue;
            }
            if let Some(length) = params.value("hexLength", |p| Some(&p.hex_length)) {
                let message = format!(
                    "the length of the parameter hash of `{}` changes {} digits",
                    offload.label,
                    words::change(&length)
                );
                let help = "do not request replays with parameters during the deployment, and do not roll it back \
                    within 24 h";
                changes.tell(&RULE, &length, message, help);
            }
        }
    },
};
