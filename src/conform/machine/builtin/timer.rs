//! Timers. Everything else runs at once: a timer fires when what is awaited waits for nothing else, or when all else is
//! done, unless it was cleared before.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::{Abrupt, Kind, Machine, Object, Outcome, Value};

/// The path of what `setTimeout` gives.
pub(super) const TIMER: &str = "timer";

/// Most timers that fire for one promise: one that sets itself anew has no end.
const MOST_FIRED: usize = 100;

/// A timer that has not fired.
pub(in super::super) struct Timer<'p> {
    handle: Rc<Object<'p>>,
    callback: Value<'p>,
    arguments: Vec<Value<'p>>,
    /// After how many milliseconds; none when that is not known.
    delay: Option<f64>,
    /// How many steps surround it.
    steps: u32,
    at: Site,
}

/// Whether a function of the platform has to do with what is done later.
pub(super) fn is_timer_function(name: &str) -> bool {
    let clears = name.starts_with("clear");
    clears || matches!(name, "setTimeout" | "setImmediate" | "queueMicrotask" | "after" | "sleep" | TIMER)
}

impl<'p> Machine<'p> {
    pub(super) fn timer_function(
        &mut self,
        name: &str,
        first: Value<'p>,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        match name {
            "setTimeout" => {
                let delay = arguments.get(1).map_or(Some(0.0), |delay| self.to_number(delay));
                Ok(self.set_timer(first, delay, arguments.into_iter().skip(2).collect(), at))
            }
            "setImmediate" => Ok(self.set_timer(first, Some(0.0), arguments.into_iter().skip(1).collect(), at)),
            "sleep" => {
                let delay = self.to_number(&first);
                let value = arguments.into_iter().nth(1).unwrap_or(Value::Undefined);
                Ok(self.sleep(delay, value, at))
            }
            "queueMicrotask" | "after" => {
                if first.is_callable() {
                    self.call(&first, Value::Undefined, Vec::new(), at)?;
                }
                Ok(Value::Undefined)
            }
            _ => {
                self.clear_timer(&first);
                Ok(Value::Undefined)
            }
        }
    }

    /// `setTimeout(callback, delay, ...arguments)`.
    fn set_timer(&mut self, callback: Value<'p>, delay: Option<f64>, arguments: Vec<Value<'p>>, at: Site) -> Value<'p> {
        // It is of this run, wherever it is kept.
        self.asked += 1;
        let handle = Object::new(Kind::Native(Text::from(TIMER)), at);
        if callback.is_callable() {
            let (handle, steps) = (handle.clone(), self.walk.steps);
            self.walk.timers.push(Timer { handle, callback, arguments, delay, steps, at });
        }
        Value::Object(handle)
    }

    /// `clearTimeout(timer)`.
    fn clear_timer(&mut self, timer: &Value<'p>) {
        if let Some(object) = timer.as_object().filter(|object| matches!(object.kind, Kind::Native(_))) {
            self.note_change(object.born);
            self.walk.timers.retain(|timer| !Rc::ptr_eq(&timer.handle, object));
        }
    }

    /// A promise that a timer keeps: `setTimeout(delay, value)` of `node:timers/promises`.
    fn sleep(&mut self, delay: Option<f64>, value: Value<'p>, at: Site) -> Value<'p> {
        let pending = self.object(Kind::Pending(RefCell::new(None)), at);
        let resolve = self.object(Kind::Method(pending.clone(), Text::from("resolve")), at);
        self.set_timer(resolve, delay, vec![value], at);
        pending
    }

    /// Something waits until one of several promises is settled: timers fire until then.
    pub(in super::super) fn wait(&mut self, is_settled: &dyn Fn() -> bool) -> Outcome<'p, ()> {
        for _ in 0..MOST_FIRED {
            if is_settled() || !self.fire_next()? {
                break;
            }
        }
        Ok(())
    }

    /// All else is done: the timers that are left fire.
    pub(in super::super) fn fire_all(&mut self) -> Outcome<'p, ()> {
        self.wait(&|| false)?;
        self.walk.timers.clear();
        Ok(())
    }

    /// What a run gave, once the timers that it left have fired.
    pub(in super::super) fn fire_all_after(&mut self, result: Outcome<'p>) -> Outcome<'p> {
        match self.fire_all() {
            // What comes after the answer may show enough.
            Err(abrupt) if !self.has_shown_enough() => Err(abrupt),
            _ => result,
        }
    }

    /// Whether there was one to fire. Of those whose delay is known the shortest one comes first, else the one that was set
    /// last: who waits waits for that.
    fn fire_next(&mut self) -> Outcome<'p, bool> {
        let Some(mut next) = self.walk.timers.len().checked_sub(1) else { return Ok(false) };
        for index in (0..next).rev() {
            let (one, best) = (self.walk.timers[index].delay, self.walk.timers[next].delay);
            if one.zip(best).is_some_and(|(one, best)| one <= best) {
                next = index;
            }
        }
        let Timer { callback, arguments, steps, at, .. } = self.walk.timers.remove(next);
        // No `try` that is being run is around it.
        let (tries, steps) = (std::mem::take(&mut self.walk.tries), std::mem::replace(&mut self.walk.steps, steps));
        let (lent, is_late) = (self.lent.take(), std::mem::replace(&mut self.is_late, true));
        let result = self.call(&callback, Value::Undefined, arguments, at);
        (self.walk.tries, self.walk.steps, self.lent, self.is_late) = (tries, steps, lent, is_late);
        match result {
            Err(Abrupt::Halt) => Err(Abrupt::Halt),
            // What it throws nobody catches.
            _ => Ok(true),
        }
    }
}
