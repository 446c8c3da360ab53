//! Events as they were sent, beside what the contract says of them: what several rules ask.

use std::cell::OnceCell;

use super::wording::variable;
use crate::conform::facts::Facts;
use crate::conform::observe::{Answer, Call, Data, Field as Written, OffloadFacts, Run, Sent};
use crate::contract::{Binding, Contract, Event, Events, Field, Offload};
use crate::derive::{Derived, Duration, Instant, ValueName, derive, event_id, trim};

/// An offload that sends events, with what was seen of it.
pub(in crate::conform) struct Job<'f> {
    /// Its place among the offloads of the contract.
    pub(in crate::conform) index: usize,
    pub(in crate::conform) contract: &'f Contract,
    pub(in crate::conform) offload: &'f Offload,
    pub(in crate::conform) events: &'f Events,
    pub(in crate::conform) seen: &'f OffloadFacts,
    /// The length of its window where it is not the contract's, once that is asked.
    pub(in crate::conform) other_length: OnceCell<Option<Duration>>,
}

/// An event of the contract that was sent.
pub(in crate::conform) struct Sending<'f> {
    pub(in crate::conform) event: &'f Event,
    pub(in crate::conform) call: &'f Call,
    pub(in crate::conform) run: &'f Run,
    pub(in crate::conform) sent: &'f Sent,
    /// What the contract derives for the call.
    pub(in crate::conform) derived: Derived,
}

/// What is wrong with the dispatch key in the data of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::conform) enum KeyState {
    /// Nothing.
    Right,
    /// The data holds another value, but id or answer show that the code has the right one.
    OnlyInData,
    /// The code has another key.
    Differs,
}

/// Parameters in the data of an event, beside those of the request that the contract allows.
pub(in crate::conform) struct Params<'f> {
    /// Allowed and given, but not sent.
    pub(in crate::conform) missing: Vec<&'f str>,
    /// Sent, but not allowed or not given.
    pub(in crate::conform) extra: Vec<&'f Written>,
    /// Sent with another value than the contract's.
    pub(in crate::conform) wrong: Vec<(&'f Written, String)>,
}

/// Every offload that sends events and has a route.
pub(in crate::conform) fn jobs<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = Job<'f>> {
    (0..facts.offloads.len()).filter_map(|index| job(facts, index))
}

/// The offload at a place of the contract, if it sends events and has a route.
pub(in crate::conform) fn job<'f>(facts: &'f Facts<'_>, index: usize) -> Option<Job<'f>> {
    let contract: &'f Contract = facts.contract;
    let (_, offload) = contract.offloads.get_index(index)?;
    let (events, seen) = (offload.dispatch()?, facts.offloads.get(index)?);
    seen.route?;
    Some(Job { index, contract, offload, events, seen, other_length: OnceCell::new() })
}

impl<'f> Job<'f> {
    /// Events of the contract that were sent in some calls. Where something that is not known decides, one with
    /// another key is none if the key may also be the contract's.
    pub(in crate::conform) fn sendings(
        &self,
        calls: impl IntoIterator<Item = &'f Call>,
    ) -> impl Iterator<Item = Sending<'f>> {
        calls.into_iter().flat_map(|call| self.sent_in(call)).filter(|sending| {
            let differs = |sending: &Sending<'f>| self.key_state(sending) == Some(KeyState::Differs);
            !differs(sending) || self.always(sending, differs)
        })
    }

    /// Whether something holds of the same event in every way through a call that sends it: what holds in some only
    /// depends on something that is not known.
    pub(in crate::conform) fn always(&self, sending: &Sending<'f>, holds: impl Fn(&Sending<'f>) -> bool) -> bool {
        let is_other = |other: &Sending<'f>| other.event.name.value == sending.event.name.value;
        // What was not followed to its end may send as well.
        let is_lost = |run: &Run| run.is_cut() && run.unsure.is_none() && run.sent.is_empty();
        let holds_in_all = || self.sent_in(sending.call).filter(is_other).all(|other| holds(&other));
        sending.run.decisions == 0 || !sending.call.runs.iter().any(is_lost) && holds_in_all()
    }

    fn sent_in(&self, call: &'f Call) -> impl Iterator<Item = Sending<'f>> {
        let (offload, events) = (self.offload, self.events);
        let all = call.runs.iter().flat_map(|run| run.sent.iter().map(move |sent| (run, sent)));
        all.filter_map(move |(run, sent)| {
            let name = sent.name.as_text();
            let event = events.events.iter().find(|event| Some(event.name.as_str()) == name)?;
            let derived = derive(offload, events, call.at, None, &call.query, "")?;
            Some(Sending { event, call, run, sent, derived })
        })
    }

    /// Events of the contract that were sent with the flag on and everything right.
    pub(in crate::conform) fn dispatched(&self) -> impl Iterator<Item = Sending<'f>> {
        self.sendings(&self.seen.dispatch)
    }

    /// Calls with the flag on and everything right that ask for parameters which the contract allows, and no others.
    pub(in crate::conform) fn asked(&self) -> impl Iterator<Item = &'f Call> + use<'f> {
        let params = self.offload.params.as_ref();
        let is_allowed =
            move |name: &str| params.is_some_and(|params| params.allow.iter().any(|own| own.value == name));
        self.seen.with_query.iter().filter(move |call| call.query.iter().all(|(name, _)| is_allowed(name)))
    }

    /// The same with a variable set that the contract does not name, where that makes another call of it.
    pub(in crate::conform) fn varied(&self) -> impl Iterator<Item = &'f Call> + use<'f> {
        self.seen.varied.iter().map(|probe| &probe.call)
    }

    /// When a call is made, for people.
    pub(in crate::conform) fn when(&self, call: &Call) -> String {
        match self.seen.varied.iter().find(|probe| std::ptr::eq(&probe.call, call)) {
            Some(probe) => format!("with {}", variable(&probe.variable, Some(&probe.value))),
            None => call.when(),
        }
    }

    /// Whether the flag leads to the dispatch at all; where it does not, that is the fault.
    pub(in crate::conform) fn dispatches(&self) -> bool {
        self.seen.dispatch.iter().any(|call| crate::conform::observe::dispatched(&call.runs, self.contract))
    }

    /// Whether a run sends what asks for a run of this or of another offload.
    pub(in crate::conform) fn sends(&self, run: &Run) -> bool {
        crate::conform::observe::dispatches(run, self.contract)
    }

    /// The field of an event that is filled with a value.
    pub(in crate::conform) fn bound(&self, event: &Event, binding: Binding) -> Option<&'f Field> {
        let payload = self.contract.payloads.get(&event.payload.value)?;
        payload.fields.iter().find(|field| field.from.as_ref().is_some_and(|from| from.value == binding))
    }

    /// What an event holds in the field that is filled with a value.
    pub(in crate::conform) fn written(&self, sending: &Sending<'f>, binding: Binding) -> Option<&'f Written> {
        let field = self.bound(sending.event, binding)?;
        sending.sent.data.field(&field.name)
    }

    /// The dispatch key in the data of an event.
    pub(in crate::conform) fn key(&self, sending: &Sending<'f>) -> Option<&'f str> {
        self.written(sending, Binding::DispatchKey)?.value.as_text()
    }

    /// What is wrong with the dispatch key of an event; `None` when it is not known.
    pub(in crate::conform) fn key_state(&self, sending: &Sending<'f>) -> Option<KeyState> {
        let own = self.key(sending)?;
        let key = &sending.derived.dispatch_key;
        if own == key {
            return Some(KeyState::Right);
        }
        let id = sending.sent.id.as_text();
        let follows = sending.event.event_id.names(ValueName::DispatchKey) && id.is_some();
        let answered = match &sending.run.answer {
            Answer::Response(_, body, _) => {
                let metadata = body.get(self.contract.dispatch.metadata.as_str());
                let name = self.bound(sending.event, Binding::DispatchKey).map_or("", |field| &field.name);
                metadata.get(name).as_text() == Some(key)
            }
            _ => false,
        };
        let id_is_right = follows && id == self.id(sending, key).as_deref();
        Some(if answered || id_is_right { KeyState::OnlyInData } else { KeyState::Differs })
    }

    /// Whether the dispatch key is the contract's with a hash of parameters that nobody gave.
    pub(in crate::conform) fn is_hash_too_much(&self, sending: &Sending<'f>) -> bool {
        let more = self.key(sending).and_then(|key| key.strip_prefix(sending.derived.dispatch_key.as_str()));
        let digits = |more: &str| more.bytes().rev().take_while(u8::is_ascii_hexdigit).count();
        self.offload.params.is_some() && more.is_some_and(|more| digits(more) >= 6)
    }

    /// The id that the contract derives from a dispatch key.
    pub(in crate::conform) fn id(&self, sending: &Sending<'f>, key: &str) -> Option<String> {
        event_id(self.offload, self.events, sending.event, key, sending.call.at, &sending.call.query)
    }

    /// The parameters of an event; `None` when they are not known, or when no field takes them.
    pub(in crate::conform) fn params(&self, sending: &Sending<'f>) -> Option<Params<'f>> {
        let field = self.bound(sending.event, Binding::Params)?;
        let sent: Vec<&Written> = match sending.sent.data.field(&field.name).map(|field| &field.value) {
            None if !sending.sent.data.is_closed() => return None,
            None | Some(Data::Undefined | Data::Null) => Vec::new(),
            Some(params) if params.is_closed() => params.fields().collect(),
            Some(_) => return None,
        };
        let allowed = self.offload.params.as_ref().map(|params| params.sorted()).unwrap_or_default();
        let given = &sending.call.query;
        let wanted: Vec<(&str, &str)> = allowed
            .into_iter()
            .filter_map(|name| Some((name, trim(&given.iter().find(|(given, _)| given == name)?.1))))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let is_sent = |name: &str| sent.iter().any(|field| &*field.name == name);
        let missing = wanted.iter().map(|(name, _)| *name).filter(|name| !is_sent(name)).collect();
        let mut extra = Vec::new();
        let mut wrong = Vec::new();
        for field in sent {
            match wanted.iter().find(|(name, _)| *name == &*field.name) {
                None => extra.push(field),
                Some((_, value)) if field.value.is_unknown() || field.value.as_text() == Some(value) => {}
                Some((_, value)) => wrong.push((field, (*value).to_owned())),
            }
        }
        Some(Params { missing, extra, wrong })
    }
}

/// Whether a parameter of an event is one that the caller left blank: it counts for not given.
pub(in crate::conform) fn is_blank(sending: &Sending<'_>, written: &Written) -> bool {
    let given = sending.call.query.iter().find(|(given, _)| **given == *written.name);
    given.is_some_and(|(_, value)| trim(value).is_empty())
}

/// An instant that a value holds, as JSON prints it.
pub(in crate::conform) fn instant(value: &Data) -> Option<Instant> {
    match value {
        Data::Text(text) => Instant::parse(text),
        Data::Instant(millis) if millis.is_finite() => Instant::from_millis(*millis as i64),
        _ => None,
    }
}
