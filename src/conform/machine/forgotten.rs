//! What nobody waits for.
//!
//! What is begun is told by its weight; whether work that is left alone is any that counts, the rules say.

use std::rc::Rc;

use super::super::program::{Expr, ExprKind, Site, Unary};
use super::value::birth;
use super::{Begun, Effect, EffectKind, Kind, Machine, Origin, Outcome, Value};

/// Whether a value is what has to be waited for.
pub(super) fn is_promise(value: &Value<'_>) -> bool {
    match value {
        Value::Object(object) => matches!(object.kind, Kind::Promise(_) | Kind::Pending(_)),
        Value::Opaque(opaque) => matches!(opaque.origin, Origin::StepResult),
        _ => false,
    }
}

/// Whether a value is what a client of a database gave that answers with promises.
fn is_promise_of_client(value: &Value<'_>) -> bool {
    let Value::Opaque(opaque) = value else { return false };
    matches!(opaque.origin, Origin::Call(_)) && opaque.package().is_some_and(|package| answers_later(package))
}

/// Packages of databases whose every call is a promise, or does nothing before somebody waits for it. Of others a call
/// may only prepare what a later one does, as `pipeline.set(…)` and `document.set(…)` do.
fn answers_later(package: &str) -> bool {
    let own = [
        "@neondatabase/serverless",
        "@planetscale/database",
        "@prisma/client",
        "@supabase/ssr",
        "@supabase/supabase-js",
        "@vercel/postgres",
        "kysely",
        "postgres",
    ];
    let drizzle = package.strip_prefix("drizzle-orm").filter(|driver| !driver.contains("sqlite"));
    own.contains(&package) || drizzle.is_some()
}

/// What an expression calls whose value nobody takes.
pub(super) fn dropped(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Unary(Unary::Void, inner) => dropped(inner),
        ExprKind::Call(..) | ExprKind::New(..) | ExprKind::Logical(..) | ExprKind::If(..) | ExprKind::Chain(..) => {
            Some(expr)
        }
        _ => None,
    }
}

/// Whether somebody says that nobody is to wait: `void f()`, `f().catch(log)`. An event, a step and a status are lost
/// all the same.
pub(super) fn is_meant(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Unary(Unary::Void, _) => true,
        ExprKind::Call(callee, given, _) => match &callee.kind {
            ExprKind::Member(_, name, _) => &**name == "catch" || (&**name == "then" && given.len() > 1),
            _ => false,
        },
        ExprKind::Chain(inner) => is_meant(inner),
        _ => false,
    }
}

impl<'p> Machine<'p> {
    /// Does something whose value nobody takes; whether it `is_meant` to be left alone.
    pub(super) fn forgotten(
        &mut self,
        is_meant: bool,
        at: Site,
        does: impl FnOnce(&mut Self) -> Outcome<'p>,
    ) -> Outcome<'p> {
        let (before, kept, now) = (self.walk.effects.len(), self.kept.len(), birth());
        let value = does(self)?;
        // Who waits for a promise from before that is settled here waits for this.
        let is_handed_on = self.kept[kept..].iter().any(|born| *born < now);
        if (is_promise(&value) || is_promise_of_client(&value)) && !is_handed_on {
            let done = &self.walk.effects[before..];
            let begun = done.iter().filter_map(Effect::begins).max();
            let told = done.iter().filter_map(Effect::drops).max();
            let begun = begun.map(|begun| if is_meant && begun == Begun::Work { Begun::Aside } else { begun });
            if let Some(begun) = begun.filter(|begun| Some(*begun) > told) {
                let mut calls = Vec::new();
                if begun <= Begun::Work {
                    done.iter().for_each(|effect| effect.outside(&mut calls));
                }
                self.effect(EffectKind::Drop(begun, Rc::from(calls)), at);
            }
        }
        Ok(value)
    }
}
