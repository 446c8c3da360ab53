//! `convention-broken`: a name that differs from the one that convention gives.

use crate::contract::{Contract, Origin, Sourced};
use crate::diagnostic::Severity;
use crate::document::Part;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule. The names of several events have to differ: they are not compared.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "convention-broken",
        severity: Severity::Warning,
        group: Group::Names,
        summary: "A name of a generated offload differs from the one that `defaults` gives.",
        why: "People find the flag, the function and the event of a job by its name; in an incident, an exception is \
              hard to find.",
        bad: Example::Over(
            "defaults: { cron: { flag: \"CRON_{JOB}_ASYNC\" } }\noffloads: { nightly-report: { flag: REPORTS_ASYNC } }",
        ),
        good: Example::Over("defaults: { cron: { flag: \"CRON_{JOB}_ASYNC\" } }"),
    },
    check: |contract, findings| {
        for offload in contract.generated() {
            let convention = &offload.convention;
            let mut compare = |what: &str, name: &Sourced<String>, expected: &Option<Sourced<String>>, key: bool| {
                let Some(expected) = expected else { return };
                if name.origin != Origin::Written || name.value == expected.value {
                    return;
                }
                let message = format!(
                    "the {what} of `{}` is `{}`; the convention gives `{}`",
                    offload.job, name.value, expected.value
                );
                let help = "follow the convention, or accept the finding under `allow` with a reason";
                let part = if key { Part::Key } else { Part::Value };
                findings.add(&RULE.meta, &name.at, part, message, help).also(&expected.at, "the convention");
            };
            if let Some(flag) = &offload.flag {
                compare("flag", flag, &convention.flag, false);
            }
            let Some(events) = offload.dispatch() else { continue };
            compare("source", &events.source, &convention.source, false);
            if let [event] = events.events.as_slice() {
                compare("event", &event.name, &convention.event, event.name.at == event.at);
                compare("function id", &event.function.id, &convention.function_id, false);
                compare("job name", &event.function.job_name, &convention.job_name, false);
            }
        }
    },
};
