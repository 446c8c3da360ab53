//! What the function that takes status records does with one.

use rustc_hash::FxHashSet;

use super::super::load::Loaded;
use super::super::machine::{Beyond, Done, EffectKind, Explored, Kind, Opaque, Origin, Path, Value, World};
use super::super::program::{ModuleId, Site, Text};
use super::ask::Asker;
use super::data::Data;
use super::made_up::{RUN_ID, params};
use super::probe::{Basis, INSTANTS};
use super::route::WORK;
use super::run::Run;
use super::seen::said;
use crate::contract::{Contract, Ledger, Offload};
use crate::derive::{Instant, derive};

/// Values of a variable that nobody named: one that says nothing but that it is set comes first.
const SET: [&str; 3] = ["made-up", "1", "true"];

/// What was seen of a record.
#[derive(Debug)]
pub struct Kept {
    /// The state that it holds.
    pub state: &'static str,
    /// The value of every variable that the contract does not name; none where these are unset.
    pub set: Option<&'static str>,
    /// Every way that was found.
    pub runs: Vec<Run>,
    /// What was called outside of the application on ways that came to their end, with what it was given.
    pub given: Vec<Given>,
    /// Whether every way was followed to its end.
    pub is_whole: bool,
}

/// A call of something outside, and all that it was given.
#[derive(Debug)]
pub struct Given {
    /// What was called, for people.
    pub name: Text,
    /// What it was given.
    pub values: Vec<Data>,
    /// The texts among it.
    pub said: Vec<Text>,
    /// Whether nothing of the record can be in it that is not seen there.
    pub is_known: bool,
    /// Where.
    pub at: Site,
}

impl Given {
    /// All of a run, but for what was called when a module was loaded.
    fn all(done: &[Done<'_, '_>]) -> Vec<Self> {
        let known = Known::of(done);
        let mut loading = 0_usize;
        let mut all = Vec::new();
        for effect in done {
            match effect.kind {
                EffectKind::Load(true) => loading += 1,
                EffectKind::Load(false) => loading -= 1,
                EffectKind::Outside(name, values, _) if loading == 0 => {
                    let is_known = values.iter().all(|value| known.has(value, 0));
                    let (said, values) = (said(values), values.iter().map(Data::of).collect());
                    all.push(Self { name: name.clone(), values, said, is_known, at: effect.at });
                }
                _ => {}
            }
        }
        all
    }
}

/// How deep is looked into what a call is given.
const DEEPEST: u32 = 12;

/// What of unknown values is sure to hold nothing of a record.
struct Known {
    /// Where calls are that were given nothing but a template and what was there before the record, as `sql` with
    /// columns of a table.
    plain: FxHashSet<Site>,
}

impl Known {
    fn of(done: &[Done<'_, '_>]) -> Self {
        let is_plain = |values: &[Value<'_>]| {
            let [Value::Object(template), rest @ ..] = values else { return false };
            let Kind::List(texts) = &template.kind else { return false };
            texts.borrow().iter().all(|text| text.as_text().is_some()) && rest.iter().all(was_there)
        };
        let plain = done.iter().filter_map(|effect| match effect.kind {
            EffectKind::Outside(_, values, _) if is_plain(values) => Some(effect.at),
            _ => None,
        });
        Self { plain: plain.collect() }
    }

    /// Whether all that a value holds of a record is seen in it. Unknown may be what the record does not say, and what
    /// was there before it.
    fn has(&self, value: &Value<'_>, depth: u32) -> bool {
        let object = match value {
            Value::Opaque(opaque) => return self.has_none(opaque, depth),
            Value::Object(object) => object,
            _ => return true,
        };
        let has = |value: &Value<'_>| self.has(value, depth + 1);
        depth < DEEPEST
            && object.beyond.get() != Beyond::Written
            && match &object.kind {
                Kind::List(items) | Kind::Set(items) => items.borrow().iter().all(has),
                Kind::Map(entries) => entries.borrow().iter().all(|(key, value)| has(key) && has(value)),
                Kind::Plain | Kind::Instance(_) | Kind::Error(_) | Kind::Date(_) | Kind::Bytes(..) => true,
                _ => false,
            }
            && object.properties.borrow().iter().all(|slot| !slot.is_getter && has(&slot.value))
    }

    fn has_none(&self, opaque: &Opaque<'_>, depth: u32) -> bool {
        match &opaque.origin {
            Origin::Other(what) => matches!(*what, "a field" | "a property"),
            Origin::Property(of, _) => self.has_none(of, depth),
            // A text of an object holds it all.
            Origin::Json(value) => matches!(&**value, Value::Opaque(of) if self.has_none(of, depth)),
            Origin::Template(parts) => depth < DEEPEST && parts.iter().all(|part| self.has(part, depth + 1)),
            // Of what is the record's only the attempt and instants are numbers.
            Origin::Number(parts) => parts.iter().all(|part| match part {
                Value::Number(number) => !MADE_UP_ATTEMPTS.contains(number) && !is_made_up_instant(*number),
                Value::Text(_) => false,
                _ => self.has(part, depth + 1),
            }),
            // Of texts and numbers one may be the record's.
            Origin::OneOf(values) => values.iter().all(|value| match value {
                Value::Undefined | Value::Null | Value::Bool(_) => true,
                Value::Opaque(_) => self.has(value, depth + 1),
                _ => false,
            }),
            Origin::Call(callee) if is_of_text(callee) => self.has_none(callee, depth),
            _ => opaque.loading || self.plain.contains(&opaque.at),
        }
    }
}

/// Whether it is a method that makes a text, or a part of one, of its own value alone.
fn is_of_text(callee: &Opaque<'_>) -> bool {
    let Origin::Property(_, name) = &callee.origin else { return false };
    let own =
        ["slice", "substring", "toLowerCase", "toString", "toUpperCase", "trim", "trimEnd", "trimStart", "valueOf"];
    own.contains(&&**name)
}

/// Whether an unknown value was there before any record.
fn was_there(value: &Value<'_>) -> bool {
    let Value::Opaque(opaque) = value else { return false };
    match &opaque.origin {
        Origin::Property(of, _) => was_there(&Value::Opaque(of.clone())),
        _ => opaque.loading,
    }
}

/// The attempt of a made-up record, counted from zero and from one.
pub const MADE_UP_ATTEMPTS: [f64; 2] = [7.0, 8.0];

/// The name of the job of a made-up record.
pub const MADE_UP_JOB: &str = "made-up-job";

fn is_made_up_instant(number: f64) -> bool {
    Instant::parse(INSTANTS[3]).is_some_and(|at| at.millis() as f64 == number || (at.millis() / 1_000) as f64 == number)
}

/// What a field of a made-up record holds: another value in each. The dispatch key is as long as the longest of the
/// contract, so that one that is cut off is another.
pub fn made_up_field(contract: &Contract, name: &str) -> Data {
    match name {
        "attempt" => Data::Number(MADE_UP_ATTEMPTS[0]),
        "runId" => Data::Text(Text::from(RUN_ID)),
        "dispatchKey" => Data::Text(format!("{:0<1$}", "made-up-dispatchKey", longest_key(contract)).into()),
        _ if name.ends_with("At") => Instant::parse(INSTANTS[3]).map_or(Data::Null, |at| Data::Text(at.iso().into())),
        _ => Data::Text(Text::from(format!("made-up-{name}"))),
    }
}

/// The length of the longest dispatch key that the contract derives.
fn longest_key(contract: &Contract) -> usize {
    let key = |offload: &Offload| {
        let at = Instant::parse(INSTANTS[0])?;
        Some(derive(offload, offload.dispatch()?, at, None, &params(offload), RUN_ID)?.dispatch_key.len())
    };
    contract.offloads.values().filter_map(key).max().unwrap_or_default()
}

/// Gives the writer of the ledger records.
pub struct Keeper<'k> {
    asker: Asker<'k>,
    contract: &'k Contract,
    ledger: &'k Ledger,
    basis: &'k Basis,
    module: ModuleId,
    /// The fields in which a record holds its state.
    named: &'k [&'static str],
}

impl<'k> Keeper<'k> {
    /// The writer of a contract, where it is in the code.
    pub fn of(loaded: &'k Loaded, contract: &'k Contract, basis: &'k Basis, named: &'k [&'static str]) -> Option<Self> {
        let ledger = contract.ledger.as_ref()?;
        let module = loaded.find_module(&ledger.writer.module.value)?;
        Some(Self { asker: Asker::new(loaded, None), contract, ledger, basis, module, named })
    }

    /// A record of each state; and of the first one also where variables are set that the writer reads.
    pub fn keep(&self) -> Vec<Kept> {
        let states = self.ledger.states.value.iter().map(|state| state.as_str());
        let mut all: Vec<Kept> = states.map(|state| self.give(state, MADE_UP_ATTEMPTS[0], &[], None)).collect();
        if let Some(first) = all.first() {
            let read = first.runs.iter().flat_map(|run| &run.env).map(|(name, _)| name);
            let unnamed: Vec<Text> = read.filter(|name| !self.basis.env.contains_key(&***name)).cloned().collect();
            let state = first.state;
            if !unnamed.is_empty() {
                all.extend(SET.map(|value| self.give(state, MADE_UP_ATTEMPTS[0], &unnamed, Some(value))));
            }
        }
        all
    }

    /// One record, where these variables have a value.
    pub fn give(&self, state: &'static str, attempt: f64, env: &[Text], set: Option<&'static str>) -> Kept {
        let at = Site { module: self.module, ..Site::default() };
        let mut world = World {
            env: self.basis.env.clone(),
            required: self.basis.required.always.clone(),
            now: self.basis.now,
            ..World::default()
        };
        env.iter().for_each(|name| world.set(name, set));
        let Explored { paths, unfollowed, .. } = self.asker.explorer.explore(world, WORK, |machine| {
            let writer = machine.export(self.module, &self.ledger.writer.export.value)?;
            let mut fields: Vec<_> = self.named.iter().map(|name| (*name, Value::text(state))).collect();
            fields.push(("jobName", Value::text(MADE_UP_JOB)));
            fields.extend(self.ledger.fields.iter().map(|field| match made_up_field(self.contract, field.as_str()) {
                Data::Number(_) => (field.as_str(), Value::Number(attempt)),
                text => (field.as_str(), Value::text(text.as_text().unwrap_or_default())),
            }));
            let record = machine.record(fields, at);
            if let Some(object) = record.as_object() {
                object.open();
            }
            let answer = machine.call(&writer, Value::Undefined, vec![record], at)?;
            machine.settled(answer, at)
        });
        let is_whole = unfollowed.is_none() && !paths.iter().any(Path::is_cut);
        let ended = paths.iter().filter(|path| path.result.is_ok());
        let given = ended.flat_map(|path| Given::all(&path.done())).collect();
        Kept { state, set, given, is_whole, runs: paths.into_iter().map(Run::of).collect() }
    }
}
