//! Dispatch keys that the machine does not know: made of what is known, by something of the language that it does not
//! model; or, where a schedule alone decides on the key, made of anything that is not known. They are told by
//! `value-not-known`.

use super::sends::{Sending, jobs};
use crate::conform::facts::Facts;
use crate::conform::machine::Taint;
use crate::conform::observe::Data;
use crate::contract::{Binding, Kind};
use crate::findings::Findings;
use crate::rule::Meta;

/// Tells of the first one of each offload.
pub(in crate::conform) fn tell(facts: &Facts<'_>, findings: &mut Findings<'_>, rule: &'static Meta, help: &str) {
    for job in jobs(facts) {
        // What a webhook is sent nobody knows; of a call by schedule all is known that a key is made of.
        let is_of_schedule = job.offload.kind.value == Kind::Cron;
        let is_lost =
            |value: &Data| matches!(value, Data::Unknown(_, taint) if is_of_schedule || taint.has(Taint::UNREAD));
        let place = |sending: &Sending<'_>| {
            let written = job.written(sending, Binding::DispatchKey);
            let key = written.filter(|written| is_lost(&written.value)).map(|written| ("dispatch key", written.at));
            key.or_else(|| is_lost(&sending.sent.id).then_some(("event id", sending.sent.event_at)))
        };
        let Some((what, at)) = job.dispatched().find_map(|sending| place(&sending)) else { continue };
        let message = format!("the {what} of `{}` cannot be known from the code", job.offload.job);
        findings
            .report_at(rule, facts.location(at), message, help)
            .offload(&job.offload.job)
            .also(&job.events.dispatch_key.at, "the contract's key");
    }
}
