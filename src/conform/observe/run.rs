//! One path through the code, as plain data.

use super::super::machine::{Abrupt, Course, Done, EffectKind, Kind, Path, Value};
use super::super::program::{Site, Text};
use super::data::Data;
use super::seen::{Asked, Broken, Dropped, Entered, Outside, Place, StatusWrite, Thrown};

/// An event that was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Its name.
    pub name: Data,
    /// Its id.
    pub id: Data,
    /// Its data.
    pub data: Data,
    /// The call that sent it.
    pub at: Site,
    /// Where the event itself is written, when that is known.
    pub event_at: Site,
    /// Whether a step surrounds it.
    pub in_step: bool,
}

/// What a route answered.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A response: its status, its body, and where it is made.
    Response(Data, Data, Site),
    /// Something else.
    Value(Data),
    /// Something was thrown: the name of its class.
    Thrown(String),
    /// The run was cut.
    Cut,
    /// The run was ended: it had shown what was asked.
    Enough,
}

/// How a run ended, for who called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With a value, or an answer that says neither of the others.
    Well,
    /// With an answer that puts it down to the caller: a status from 400 to 499.
    Refused,
    /// With an error: thrown, or a status from 500 on.
    Failed,
    /// It was cut, or its status is not known.
    Unknown,
}

/// One path through the code.
#[derive(Debug, Clone)]
pub struct Run {
    /// Events that were sent, in order.
    pub sent: Vec<Sent>,
    /// Events that an earlier call of the same process sent.
    pub before: Vec<Sent>,
    /// How it ended.
    pub answer: Answer,
    /// Environment variables that were read.
    pub env: Vec<(Text, Site)>,
    /// Those among them that were read before anything outside was called.
    pub early_env: Vec<Text>,
    /// Query parameters that were read; `*` is all of them.
    pub query: Vec<Asked>,
    /// Names of query parameters that were asked for where another one was given.
    pub named: Vec<Text>,
    /// Whether the method of the request was read.
    pub reads_method: bool,
    /// When something was decided by a query parameter, among all that the run did.
    pub weighed: Vec<usize>,
    /// Headers that were read and are not known.
    pub headers: Vec<Text>,
    /// Functions that were entered, where these are kept.
    pub entered: Vec<Entered>,
    /// What was called outside.
    pub outside: Vec<Outside>,
    /// Status records.
    pub statuses: Vec<StatusWrite>,
    /// Ids of steps.
    pub steps: Vec<(Data, Site)>,
    /// Fields of the event's data that were read; `*` is all of them.
    pub fields: Vec<(Text, Site)>,
    /// Fields of the event's data that were taken for ones that may be absent.
    pub optional: Vec<(Text, Site)>,
    /// Fields of the event's data that were asked whether they count as true.
    pub tested: Vec<(Text, Site)>,
    /// Those among them that were taken for ones that do not, each with its place among all that the run did.
    pub missed: Vec<(Text, Site, usize)>,
    /// What was thrown.
    pub thrown: Vec<Thrown>,
    /// What threw outside of the application.
    pub broken: Vec<Broken>,
    /// Where something was begun for which nobody waits.
    pub dropped: Vec<Dropped>,
    /// How many decisions were taken on the way: 0 when everything was known.
    pub decisions: usize,
    /// What was decided, where the functions that were entered are kept.
    pub course: Course,
    /// Where something was decided that the world says and that is not known here.
    pub unsure: Option<Site>,
    /// Every place where that was so; how many of them before the first event was sent.
    doubts: Vec<Site>,
    early_doubts: usize,
    /// What was done before the first of them.
    certain: Option<Box<Self>>,
    /// Whether all of it was decided, so that other runs go the other ways.
    is_decided: bool,
    /// How many calls of something outside were made: as many as `outside`, or more where the same code
    /// was called twice.
    pub called: usize,
}

impl Run {
    /// The run of a path.
    pub fn of(path: Path<'_>) -> Self {
        Self::copy(path, true)
    }

    /// The run of a path without the functions that were entered, for who asks only what came out: they
    /// are most of what there is to keep.
    pub fn without_calls(path: Path<'_>) -> Self {
        Self::copy(path, false)
    }

    /// The run, or where it is not sure that the code goes this way nothing but that.
    pub(super) fn unless_unsure(self) -> Self {
        if self.unsure.is_none() {
            return self;
        }
        Self { unsure: self.unsure, ..Self::ended(Answer::Cut) }
    }

    /// The run, or where it is not sure that the code goes this way what it surely does before.
    fn until_unsure(self) -> Self {
        match (self.unsure, self.certain) {
            (None, certain) => Self { certain, ..self },
            (unsure, Some(certain)) => Self { unsure, answer: Answer::Cut, ..*certain },
            (unsure, None) => Self { unsure, ..Self::ended(Answer::Cut) },
        }
    }

    /// The run; where the code may not go this way once it has sent an event without its answer, which may be one that
    /// it never gives.
    pub(super) fn unless_doubted(self) -> Self {
        if self.doubts.len() == self.early_doubts { self } else { Self { answer: Answer::Cut, ..self } }
    }

    /// Every way that the code surely goes, of the others what is sure of them. Where all that is not sure
    /// is whether a caller is let in, whoever is let in goes this way.
    pub(super) fn past_doors(mut runs: Vec<Self>) -> Vec<Self> {
        let is_refused = |run: &&Self| matches!(run.status(), Some(400 | 401 | 403)) && run.sent.is_empty();
        let doors: Vec<Site> = runs.iter().filter(is_refused).filter_map(|run| run.doubts.last().copied()).collect();
        for run in &mut runs {
            let is_at_doors = !run.doubts.is_empty() && run.doubts.iter().all(|at| doors.contains(at));
            if is_at_doors && !is_refused(&&*run) {
                run.unsure = None;
            }
        }
        runs.into_iter().map(Self::until_unsure).collect()
    }

    /// A run of which nothing is known but how it ended.
    pub(super) fn ended(answer: Answer) -> Self {
        Self {
            sent: Vec::new(),
            before: Vec::new(),
            answer,
            env: Vec::new(),
            early_env: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            named: Vec::new(),
            reads_method: false,
            weighed: Vec::new(),
            entered: Vec::new(),
            outside: Vec::new(),
            statuses: Vec::new(),
            steps: Vec::new(),
            fields: Vec::new(),
            optional: Vec::new(),
            tested: Vec::new(),
            missed: Vec::new(),
            thrown: Vec::new(),
            broken: Vec::new(),
            dropped: Vec::new(),
            decisions: 0,
            course: Course::default(),
            unsure: None,
            doubts: Vec::new(),
            early_doubts: 0,
            certain: None,
            is_decided: true,
            called: 0,
        }
    }

    /// The answer that a value is.
    pub(super) fn answer_of(value: &Value<'_>) -> Answer {
        match value.as_object().map(|object| (&object.kind, object.at)) {
            Some((Kind::Response(status, body), at)) => {
                Answer::Response(Data::of(&status.borrow()), Data::of(body), at)
            }
            _ => Answer::Value(Data::of(value)),
        }
    }

    fn copy(mut path: Path<'_>, with_calls: bool) -> Self {
        let answer = match &path.result {
            Ok(value) => Self::answer_of(value),
            Err(Abrupt::Throw(error)) => Answer::Thrown(class_of(error)),
            Err(Abrupt::Halt) if path.enough => Answer::Enough,
            Err(Abrupt::Halt) => Answer::Cut,
        };
        let course = std::mem::take(&mut path.course);
        let (decisions, unsure, called) = (path.decisions, path.unsure, path.outside);
        let mut run = Self { course, decisions, unsure, called, ..Self::ended(answer) };
        let done = path.done();
        let count = |is: fn(&EffectKind<'_>) -> bool| done.iter().filter(|effect| is(effect.kind)).count();
        if with_calls {
            run.entered.reserve_exact(count(|kind| matches!(kind, EffectKind::Enter(..))));
        }
        run.outside.reserve_exact(count(|kind| matches!(kind, EffectKind::Outside(..))));
        run.env.reserve_exact(count(|kind| matches!(kind, EffectKind::Env(_))));
        let mut around: Vec<usize> = Vec::new();
        let mut loading = 0_usize;
        for (order, Done { kind, at, in_step }) in done.into_iter().enumerate() {
            let parent = around.last().copied();
            match kind {
                EffectKind::Env(name) => {
                    if run.outside.iter().all(|outside| outside.loading) {
                        run.early_env.push(name.clone());
                    }
                    run.env.push((name.clone(), at));
                }
                EffectKind::Query(name) => run.query.push(Asked { name: name.clone(), at, order }),
                EffectKind::Named(name) => run.named.push(name.clone()),
                EffectKind::Method => run.reads_method = true,
                EffectKind::Weighed => run.weighed.push(order),
                EffectKind::Doubt(is_decided) => {
                    if run.doubts.is_empty() {
                        run.certain = Some(Box::new(run.clone()));
                    }
                    run.doubts.push(at);
                    run.is_decided &= is_decided;
                    run.early_doubts += usize::from(run.sent.is_empty());
                }
                EffectKind::Header(name) => run.headers.push(name.clone()),
                EffectKind::Again => {
                    let (decisions, unsure, called) = (run.decisions, run.unsure, run.called);
                    run = Self { before: run.sent, decisions, unsure, called, ..Self::ended(run.answer) };
                    around.clear();
                }
                EffectKind::Send(events) => run.send(events, at, in_step),
                EffectKind::Enter(..) | EffectKind::Leave(_) if !with_calls => {}
                EffectKind::Enter(id, name, given, of_query) => {
                    let (name, given) = (name.clone(), given.clone());
                    let (id, of_query, threw) = (*id, *of_query, false);
                    run.entered.push(Entered { id, name, at, parent, given, of_query, threw, in_step, order });
                    around.push(run.entered.len() - 1);
                }
                EffectKind::Leave(threw) => {
                    if let Some(left) = around.pop() {
                        run.entered[left].threw = *threw;
                    }
                }
                EffectKind::Outside(name, given, callee) => {
                    let outside =
                        Outside::of(name.clone(), callee.as_deref(), given, Place { at, parent, in_step, order });
                    run.outside.push(Outside { loading: loading > 0, ..outside });
                }
                EffectKind::Status(record) => {
                    run.statuses.push(StatusWrite { record: Data::of(record), at, parent, in_step, order });
                }
                EffectKind::Step(id) => run.steps.push((Data::of(id), at)),
                EffectKind::Field(name) => run.fields.push((name.clone(), at)),
                EffectKind::Optional(name) => run.optional.push((name.clone(), at)),
                EffectKind::Tested(name, counts) => {
                    if !counts {
                        run.missed.push((name.clone(), at, order));
                    }
                    run.tested.push((name.clone(), at));
                }
                EffectKind::Load(true) => loading += 1,
                EffectKind::Load(false) => loading -= 1,
                EffectKind::Serve(_) | EffectKind::Told(_) | EffectKind::Gave(_) => {}
                EffectKind::Throw { error, taint, .. } => {
                    run.thrown.push(Thrown { class: class_of(error), at, parent, in_step, taint: *taint, order });
                }
                EffectKind::Drop(begun, calls) => {
                    run.dropped.push(Dropped { begun: *begun, calls: calls.to_vec(), at })
                }
                EffectKind::Break => run.broken.push(Broken { at, parent, order }),
            }
        }
        run
    }

    fn send(&mut self, events: &Value<'_>, at: Site, in_step: bool) {
        let events: Vec<Value<'_>> = match events.as_object().map(|object| &object.kind) {
            Some(Kind::List(items)) => items.borrow().clone(),
            _ => vec![events.clone()],
        };
        for event in events {
            let event_at = event.as_object().map_or(at, |object| object.at);
            let event = Data::of(&event);
            self.sent.push(Sent {
                name: event.get("name"),
                id: event.get("id"),
                data: event.get("data"),
                at,
                event_at,
                in_step,
            });
        }
    }

    /// Whether the same comes out of another run: what is sent, what is called outside, and the answer.
    pub fn ends_as(&self, other: &Self) -> bool {
        let sends = self.sent.iter().map(|sent| (&sent.name, &sent.id, &sent.data));
        // What only observes, as a log does, changes nothing.
        fn calls(run: &Run) -> impl Iterator<Item = (&Text, Site)> {
            let calls = run.outside.iter().filter(|call| super::breaks(&call.name));
            calls.map(|call| (&call.name, call.at))
        }
        let answers = match (&self.answer, &other.answer) {
            (Answer::Response(status, body, _), Answer::Response(other, text, _)) => status == other && body == text,
            (Answer::Value(value), Answer::Value(other)) => value == other,
            (Answer::Thrown(class), Answer::Thrown(other)) => class == other,
            (Answer::Enough, Answer::Enough) | (Answer::Cut, Answer::Cut) => true,
            _ => false,
        };
        answers
            && sends.eq(other.sent.iter().map(|sent| (&sent.name, &sent.id, &sent.data)))
            && calls(self).eq(calls(other))
    }

    /// Whether it surely sends nothing and does not give up before any work, as long as the other ways of what is in doubt do the same.
    pub(super) fn sends_nothing(&self) -> bool {
        let gives_up = self.ending() == Ending::Failed && self.outside.iter().all(|outside| outside.loading);
        self.sent.is_empty() && self.is_decided && !self.is_cut() && !gives_up
    }

    /// Whether there is no other way: nothing was decided on it, and nothing is in doubt.
    pub fn is_sure(&self) -> bool {
        self.decisions == 0 && self.unsure.is_none()
    }

    /// Whether the run was cut before its end.
    pub fn is_cut(&self) -> bool {
        matches!(self.answer, Answer::Cut)
    }

    /// How it ended.
    pub fn ending(&self) -> Ending {
        match (&self.answer, self.status()) {
            (Answer::Thrown(_), _) | (Answer::Response(..), Some(500..)) => Ending::Failed,
            (Answer::Response(..), Some(400..)) => Ending::Refused,
            (Answer::Response(..), Some(_)) | (Answer::Value(_), _) => Ending::Well,
            (Answer::Response(..), None) | (Answer::Cut | Answer::Enough, _) => Ending::Unknown,
        }
    }

    /// The value of the field `mode` of the answer.
    pub fn mode(&self) -> Option<&str> {
        match &self.answer {
            Answer::Response(_, body, _) => body.field("mode").and_then(|field| field.value.as_text()),
            _ => None,
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> Option<u16> {
        match &self.answer {
            Answer::Response(Data::Number(status), ..) => Some(*status as u16),
            _ => None,
        }
    }
}

fn class_of(error: &Value<'_>) -> String {
    match error {
        Value::Object(object) => match &object.kind {
            Kind::Error(name) => name.to_string(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}
