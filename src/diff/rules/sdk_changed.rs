//! `sdk-changed`: code is generated for another major version of the SDK.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "sdk-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Code is generated for another major version of the SDK.",
        why: "`createFunction`, event types and the client differ between the major versions, and the generated \
            code compiles with only one of them. From version 4 on, the mode is `cloud` unless it is set \
            otherwise, and checkpointing is on: code outside steps runs a different number of times.",
        bad: Example::Change {
            old: r#"
targets:
  typescript:
    out: lib/generated
    handlers: lib/functions
    sdk: 3
    client: { module: "@/lib/client", export: inngest }
"#,
            new: "targets: { typescript: { sdk: 4 } }",
        },
        good: Example::Change {
            old: r#"
targets:
  typescript:
    out: lib/generated
    handlers: lib/functions
    sdk: 3
    client: { module: "@/lib/client", export: inngest }
"#,
            new: "targets: { typescript: { serverOnly: true } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        let typescript =
            evolution.contract.part("targets", |c| Some(&c.targets)).part("typescript", |t| t.typescript.as_ref());
        if typescript.both().is_some()
            && let Some(sdk) = typescript.value("sdk", |t| Some(&t.sdk))
        {
            let message = format!("the major version of the SDK changes {}", words::change(&sdk));
            let help = "upgrade the package, the client and the serve route in the same change, try a run on a \
                preview, and deploy while no run is in flight";
            changes.tell(&RULE, &sdk, message, help);
        }
    },
};
