//! Fields whose value the contract says: the source, the instant, the key, the window, the parameters.

use super::sends::{Job, KeyState, Sending, instant, is_blank};
use super::window::other_length;
use crate::conform::machine::UUID;
use crate::conform::observe::Data;
use crate::conform::program::Site;
use crate::contract::Binding;
use crate::pointer::Pointer;

/// A field with another value.
pub(in crate::conform) struct Wrong<'f> {
    pub(in crate::conform) path: String,
    pub(in crate::conform) value: String,
    pub(in crate::conform) wanted: String,
    pub(in crate::conform) site: Option<Site>,
    pub(in crate::conform) at: &'f Pointer,
}

/// Fields of an event that hold another value than what fills them by contract. What a rule over keys
/// and windows tells is not told again.
pub(in crate::conform) fn wrong_values<'f>(job: &Job<'f>, sending: &Sending<'f>) -> Vec<Wrong<'f>> {
    let key = job.key_state(sending);
    let same_window = key != Some(KeyState::Differs) && other_length(job).is_none();
    // A variable that changes the window has a rule of its own.
    let is_varied = job.varied().any(|call| std::ptr::eq(call, sending.call));
    let of_window = |binding: Binding| matches!(binding, Binding::WindowStart | Binding::WindowSeconds);
    let mut found = Vec::new();
    let bindings = [
        Binding::Source,
        Binding::Now,
        Binding::Uuid,
        Binding::DispatchKey,
        Binding::WindowStart,
        Binding::WindowSeconds,
    ];
    for binding in bindings {
        let (Some(field), Some(written)) = (job.bound(sending.event, binding), job.written(sending, binding)) else {
            continue;
        };
        if matches!(written.value, Data::Undefined | Data::Unknown(..)) || is_varied && of_window(binding) {
            continue;
        }
        let window = sending.derived.window;
        let wanted = match binding {
            Binding::Source if !is_text(&written.value, job.events.source.as_str()) => {
                format!("`{}`", job.events.source.value)
            }
            Binding::Now => {
                let now = sending.call.at;
                // Seconds are as good as milliseconds.
                let is_now = instant(&written.value).is_some_and(|at| at.millis() / 1_000 == now.millis() / 1_000);
                if is_now {
                    continue;
                }
                format!("the time of the call, `{}`", now.iso())
            }
            Binding::Uuid if written.value.as_text().is_some_and(|text| !is_random(text)) => "a random UUID".into(),
            Binding::Uuid if is_of_before(sending, &field.name, &written.value) => "a new value for each call".into(),
            Binding::DispatchKey if key == Some(KeyState::OnlyInData) => {
                format!("the key `{}`", sending.derived.dispatch_key)
            }
            Binding::WindowStart => match window {
                Some((start, _)) if same_window && instant(&written.value) != Some(start) => {
                    format!("the start of the window, `{}`", start.iso())
                }
                _ => continue,
            },
            Binding::WindowSeconds => match window {
                Some((_, size)) if other_length(job).is_none() && written.value != number(size.seconds()) => {
                    size.seconds().to_string()
                }
                _ => continue,
            },
            _ => continue,
        };
        let (path, value) = (field.name.clone(), written.value.show());
        found.push(Wrong { path, value, wanted, site: Some(written.at), at: &field.at });
    }
    if let (Some(params), Some(field)) = (job.params(sending), job.bound(sending.event, Binding::Params)) {
        // A blank one that is in the key as well is the key's fault.
        let blank = params.extra.iter().filter(|written| key == Some(KeyState::Right) && is_blank(sending, written));
        for (written, wanted) in
            blank.map(|written| (*written, None)).chain(params.wrong.into_iter().map(|(w, v)| (w, Some(v))))
        {
            let given = sending.call.query.iter().filter(|(name, _)| *name == *written.name).count();
            let which = if given > 1 { ", the first of those in the request" } else { "" };
            found.push(Wrong {
                path: format!("{}.{}", field.name, written.name),
                value: written.value.show(),
                wanted: wanted
                    .map_or("to leave it out, since it is blank".into(), |wanted| format!("`{wanted}`{which}")),
                site: Some(written.at),
                at: &field.at,
            });
        }
    }
    found
}

/// Whether an earlier call of the same process sent the same value in a field.
fn is_of_before(sending: &Sending<'_>, field: &str, value: &Data) -> bool {
    let before = sending.run.before.iter().filter(|sent| sent.name == sending.sent.name);
    before.into_iter().any(|sent| sent.data.get(field) == *value)
}

fn is_text(value: &Data, wanted: &str) -> bool {
    value.as_text() == Some(wanted)
}

fn number(value: u64) -> Data {
    Data::Number(value as f64)
}

/// Whether a text is a UUID that the machine made.
fn is_random(text: &str) -> bool {
    text.starts_with(UUID) && text.len() == 36
}
