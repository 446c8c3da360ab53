//! `window-setting-changed`: the environment sets a window differently.

use crate::contract::Window;
use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "window-setting-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The environment sets a window differently.",
        why: "A deployment that sets the old variable, or a value outside the new bounds, no longer gets the window \
            that it asks for, and keys follow the window.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    window: { env: REPORT_WINDOW, default: 5m, min: 1m, max: 10m }
    dispatchKey: "cron:{job}:{windowSeconds}:{windowStart}"
"#,
            new: r#"
offloads:
  nightly-report: { window: { env: REPORT_WINDOW_SECONDS, default: 5m, min: 1m, max: 10m } }
"#,
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    window: { env: REPORT_WINDOW, default: 5m, min: 1m, max: 10m }
    dispatchKey: "cron:{job}:{windowSeconds}:{windowStart}"
"#,
            new: r#"
offloads:
  nightly-report: { window: { env: REPORT_WINDOW, default: 4m, min: 1m, max: 10m } }
"#,
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(window) = offload.value("window", |o| o.window.as_ref()) else { continue };
            let Some((old, new)) = window.both() else { continue };
            let setting = |window: &Window| match window {
                Window::Fixed(_) => None,
                Window::Env { env, min, max, .. } => Some((env.clone(), *min, *max)),
            };
            if setting(old) != setting(new) {
                let text = |window: &Window| Some(crate::explain::window_text(window));
                let message = format!(
                    "how the window of `{}` is set changes {}",
                    offload.label,
                    words::from_to(text(old), text(new))
                );
                let help = "set the new variable in every environment before this is deployed, and remove the old one \
                     afterwards";
                let was_same = old.default_size() == new.default_size();
                // A default that moved as well is reported as a wider or a narrower window.
                if was_same || matches!((old, new), (Window::Env { .. }, Window::Env { .. })) {
                    changes.tell(&RULE, &window, message, help);
                }
            }
        }
    },
};
