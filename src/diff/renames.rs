//! The names that changed: old to new, for what is the same under another name.

use std::collections::HashMap;

use crate::contract::Condition;

/// What is called otherwise. Everything old is read through it, so that a rename is reported once and not
/// at every mention.
#[derive(Debug, Default)]
pub struct Renames {
    /// Jobs.
    pub jobs: HashMap<String, String>,
    /// Payloads.
    pub payloads: HashMap<String, String>,
    /// Flags, by their variables.
    pub flags: HashMap<String, String>,
    /// Events, by the new name of their offload and their old name.
    pub events: HashMap<(String, String), String>,
    /// Fields, by the path of their list and their old name.
    pub fields: HashMap<(String, String), String>,
}

impl Renames {
    /// The new name of a job.
    pub fn job<'n>(&'n self, name: &'n str) -> &'n str {
        self.jobs.get(name).map_or(name, String::as_str)
    }

    /// The new name of a payload.
    pub fn payload<'n>(&'n self, name: &'n str) -> &'n str {
        self.payloads.get(name).map_or(name, String::as_str)
    }

    /// The new name of a variable that is a flag.
    pub fn flag<'n>(&'n self, name: &'n str) -> &'n str {
        self.flags.get(name).map_or(name, String::as_str)
    }

    /// A type as it is written, such as `array<Name>`, under new names.
    pub fn in_type(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for part in text.split_inclusive(['<', '>']) {
            let name = part.trim_end_matches(['<', '>']);
            out.push_str(self.payload(name));
            out.push_str(&part[name.len()..]);
        }
        out
    }

    /// A condition under new names.
    pub fn in_condition(&self, condition: &Condition) -> Condition {
        let all = |list: &[Condition]| list.iter().map(|inner| self.in_condition(inner)).collect();
        match condition {
            Condition::On(name) => Condition::On(self.flag(name).to_owned()),
            Condition::Set(name) => Condition::Set(self.flag(name).to_owned()),
            Condition::Unset(name) => Condition::Unset(self.flag(name).to_owned()),
            Condition::AllOf(list) => Condition::AllOf(all(list)),
            Condition::AnyOf(list) => Condition::AnyOf(all(list)),
            Condition::Not(inner) => Condition::Not(Box::new(self.in_condition(inner))),
        }
    }
}
