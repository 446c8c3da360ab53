//! What every finding is an instance of: an id, a reason and two examples.
//!
//! The documentation of a rule, `explain RULE` and its test come from the same fields, so none can say
//! what the others do not. Codes of the earlier stages (a duplicate key, an unknown reference) are
//! described by the same [`Meta`] as the rules over the contract. Nothing here checks anything.

/// What is known about a rule without running it.
#[derive(Debug)]
pub struct Meta {
    /// Names the fault, in kebab-case: `window-longer-than-schedule`.
    pub id: &'static str,
    /// How bad an instance is.
    pub severity: Severity,
    /// What belongs together in the list of rules.
    pub group: Group,
    /// One sentence: what it reports.
    pub summary: &'static str,
    /// Why that is a fault: what happens in production.
    pub why: &'static str,
    /// A spec that has this fault and no other.
    pub bad: Example,
    /// The same without the fault.
    pub good: Example,
}

impl Meta {
    /// The word for how bad an instance is: of a change its class, else the severity.
    pub fn word(&self) -> &'static str {
        if self.group == Group::Change { self.severity.class() } else { self.severity.as_str() }
    }
}

/// A spec that shows a rule at work.
#[derive(Debug, Clone, Copy)]
pub enum Example {
    /// YAML laid over [`BASE`]: maps merge, null removes, everything else replaces.
    Over(&'static str),
    /// A whole spec.
    Whole(&'static str),
    /// Bytes that no YAML text could show.
    Bytes(fn() -> Vec<u8>),
    /// The fault is one of files on the disk, not of a spec: a case folder shows it.
    Files(&'static str),
    /// A change of the contract: YAML laid over [`BASE`] before, and what is laid over that after.
    Change {
        /// Laid over [`BASE`]: the contract before.
        old: &'static str,
        /// Laid over the contract before: the contract after.
        new: &'static str,
    },
    /// An application beside the spec, as edits of [`APPLICATION`].
    Code {
        /// YAML laid over [`BASE`] and [`APPLICATION_SPEC`].
        spec: &'static str,
        /// Edits of the application, one after the other.
        edits: &'static [Edit],
    },
}

/// One edit of the example application.
#[derive(Debug, Clone, Copy)]
pub enum Edit {
    /// In the file, the first text, which is there once, becomes the second.
    Replace(&'static str, &'static str, &'static str),
    /// The file has this text, whether it was there or not.
    Write(&'static str, &'static str),
    /// The file is gone.
    Remove(&'static str),
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The contract cannot be compiled, or would break in production: nothing is generated. Of a change:
    /// it breaks what works today.
    Error,
    /// Accepted by the platform and almost surely wrong: `check` fails, `generate` goes on. Of a change:
    /// it works only if somebody has looked.
    Warning,
    /// Worth knowing: nothing fails.
    Note,
}

impl Severity {
    /// The word that is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The word for a change of the contract.
    pub fn class(self) -> &'static str {
        match self {
            Self::Error => "breaking",
            Self::Warning => "risky",
            Self::Note => "safe",
        }
    }
}

/// Who is hit by a change of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Runs that were started before the change is deployed.
    RunsInFlight,
    /// Code that sends events: routes, scripts, other services.
    Producers,
    /// Code that receives events: functions.
    Consumers,
    /// People who deploy, roll back and answer alarms.
    Operators,
    /// Dashboards, alerts and saved queries.
    Dashboards,
    /// Whoever calls the routes: the scheduler, webhook senders, scripts.
    Callers,
}

impl Audience {
    /// The words for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RunsInFlight => "runs in flight",
            Self::Producers => "producers",
            Self::Consumers => "consumers",
            Self::Operators => "operators",
            Self::Dashboards => "dashboards",
            Self::Callers => "callers",
        }
    }
}

/// The parts of the list of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The YAML itself.
    Document,
    /// Keys and value types.
    Shape,
    /// Names and references.
    Names,
    /// Windows, dispatch keys and event ids.
    Keys,
    /// Options of Inngest functions.
    Functions,
    /// Ceilings and justifications.
    Policy,
    /// Flags, rollback.
    Flags,
    /// Run time against capacity.
    Load,
    /// Payload fields and what fills them.
    Payloads,
    /// Responses and observability.
    Responses,
    /// Owners, routes, rollout and gates.
    Scope,
    /// Generated files.
    Drift,
    /// A team's own templates.
    Templates,
    /// Code against contract: names of events and their data.
    CodeEvents,
    /// Code against contract: windows, keys, parameters.
    CodeKeys,
    /// Code against contract: options of functions.
    CodeFunctions,
    /// Code against contract: what runs inside steps and what outside.
    CodeExecution,
    /// Code against contract: status records.
    CodeStatus,
    /// Code against contract: answers of the routes.
    CodeResponses,
    /// Code against contract: environment variables and flags.
    CodeFlags,
    /// Code against contract: the check of the secret.
    CodeAuth,
    /// Code against contract: routes, schedules, owners.
    CodeScope,
    /// What differs between two contracts.
    Change,
}

impl Group {
    /// The heading in the list of rules.
    pub fn title(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Shape => "Shape",
            Self::Names => "Names and references",
            Self::Keys => "Windows, keys and ids",
            Self::Functions => "Function options",
            Self::Policy => "Policy",
            Self::Flags => "Flags and rollback",
            Self::Load => "Load",
            Self::Payloads => "Payloads",
            Self::Responses => "Responses and observability",
            Self::Scope => "Scope",
            Self::Drift => "Drift",
            Self::Templates => "Templates",
            Self::CodeEvents => "Code: events and payloads",
            Self::CodeKeys => "Code: windows, keys and parameters",
            Self::CodeFunctions => "Code: function options",
            Self::CodeExecution => "Code: steps and side effects",
            Self::CodeStatus => "Code: status records",
            Self::CodeResponses => "Code: responses",
            Self::CodeFlags => "Code: flags and environment",
            Self::CodeAuth => "Code: authorisation",
            Self::CodeScope => "Code: routes, schedules and owners",
            Self::Change => "Changes of the contract",
        }
    }
}

/// The spec that [`Example::Over`] is laid over.
pub const BASE: &str = include_str!("rule/example.yaml");

/// The application that [`Example::Code`] edits: files after lines `=== path`. It agrees with
/// [`APPLICATION_SPEC`] laid over [`BASE`].
pub const APPLICATION: &str = include_str!("rule/application.txt");

/// YAML laid over [`BASE`] for the examples of code.
pub const APPLICATION_SPEC: &str = "\
ledger: { states: [running, succeeded, failed] }
dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }
environment: { secrets: [CRON_SECRET, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY] }
";
