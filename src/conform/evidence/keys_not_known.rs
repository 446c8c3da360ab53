//! Dispatch keys that the machine does not know: made of what is known, by something of the language that it does not
//! model; or, where a schedule alone decides on the key, made of anything that is not known. `value-not-known`
//! reports them.

use super::sends::{Sending, jobs};
use crate::conform::facts::Facts;
use crate::conform::machine::Taint;
use crate::conform::observe::Data;
use crate::contract::{Binding, Kind};
use crate::findings::Findings;
use crate::rule::Meta;

/// Reports the first one of each offload.
pub(in crate::conform) fn tell(facts: &Facts<'_>, findings: &mut Findings<'_>, rule: &'static Meta, help: &str) {
    for job in jobs(facts) {
        // What a webhook is sent nobody knows. Of a call by schedule all is known that a key is made of, but for what a
        // package makes of its parameters.
        let is_of_schedule = job.offload.kind.value == Kind::Cron;
        let is_lost = |value: &Data| match value {
            Data::Unknown(_, taint) => taint.has(Taint::UNREAD) || is_of_schedule && !taint.has(Taint::QUERY),
            _ => false,
        };
        let place = |sending: &Sending<'_>| {
            let written = job.written(sending, Binding::DispatchKey);
            let key = written.filter(|written| is_lost(&written.value)).map(|written| ("dispatch key", written.at));
            key.or_else(|| is_lost(&sending.sent.id).then_some(("event id", sending.sent.event_at)))
        };
        let Some((what, at)) = job.dispatched().find_map(|sending| place(&sending)) else { continue };
        let message = format!("the {what} of `{}` cannot be determined from the code", job.offload.job);
        findings
            .report_at(rule, facts.location(at), message, help)
            .offload(&job.offload.job)
            .also(&job.events.dispatch_key.at, job.events.dispatch_key.label("the dispatch key in the contract"));
    }
}
