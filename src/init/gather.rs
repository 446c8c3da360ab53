//! From an application to a draft: every route is surveyed, every function examined, and what belongs
//! together is put together.

use std::collections::{BTreeSet, HashMap};

use super::draft::{Draft, Event, Offload, Planned, job_name, window_of};
use super::function::{Seen, functions};
use super::payload::Field;
use super::survey::{Surveyed, survey};
use crate::conform::load::{Loaded, Read, load};
use crate::conform::observe::{Asker, crew};
use crate::conform::program::ModuleId;
use crate::names;

/// A route that was surveyed.
struct Route {
    address: String,
    module: ModuleId,
    schedule: Option<String>,
    seen: Surveyed,
}

/// Draws up what an application does; what was read of it is given back, for who wants to ask more.
pub(super) fn gather(name: &str, files: &BTreeSet<String>, read: &Read<'_>) -> (Draft, Loaded) {
    let loaded = load(files.clone(), &[], read);
    let (functions, writer) = functions(&Asker::new(&loaded, None));
    let mut draft = Draft { name: name.to_owned(), ..Draft::default() };
    for (source, fault) in &loaded.unreadable {
        draft.left_out.push((format!("the content of {}", source.path()), fault.message.clone()));
    }
    let schedule = |address: &str| {
        loaded.schedules.calls().iter().find(|call| call.path == address).map(|call| call.schedule.clone())
    };
    let speaking = loaded.app.leading_to(loaded.inngest.iter().copied());
    let routes: Vec<&(String, ModuleId)> =
        loaded.routes.iter().filter(|(_, module)| speaking[*module as usize]).collect();
    let surveyed = crew(&loaded, None, &routes, |asker, (address, module)| {
        let schedule = schedule(address);
        let seen = survey(asker, *module, address, schedule.is_some())?;
        Some(Route { address: address.clone(), module: *module, schedule, seen })
    });
    let mut surveyed: Vec<Route> = surveyed.into_iter().flatten().collect();
    // In the order in which they are scheduled, then the others.
    let place = |address: &str| loaded.schedules.calls().iter().position(|call| call.path == address);
    surveyed.sort_by_key(|route| (place(&route.address).unwrap_or(usize::MAX), route.address.clone()));
    let constants = constants(&loaded, &surveyed);
    let mut left: Vec<Seen> = functions;
    for route in surveyed {
        if route.seen.events.is_empty() {
            let why = route.seen.unknown.join("; ");
            draft.left_out.push((format!("the route {}", route.address), why));
            continue;
        }
        let offload = offload(&mut draft, route, &mut left, &constants, &loaded);
        draft.offloads.push(offload);
    }
    let mut scheduled: Vec<&str> = Vec::new();
    for call in loaded.schedules.calls() {
        let is_known = draft.offloads.iter().any(|offload| offload.route == call.path);
        if !is_known && !scheduled.contains(&call.path.as_str()) {
            scheduled.push(&call.path);
        }
    }
    let mut scheduled = scheduled.into_iter();
    if draft.offloads.is_empty()
        && let Some(route) = scheduled.next()
    {
        let schedule = schedule(route).unwrap_or_default();
        let module = loaded.routes.iter().find(|(address, _)| address == route).map(|(_, module)| *module);
        draft.planned = Some(Planned {
            job: job_name(route, &[]),
            route: route.to_owned(),
            owners: module.map(|module| loaded.app.source(module).path().to_owned()).into_iter().collect(),
            window: window_of(&schedule),
            schedule,
            accepted: Vec::new(),
        });
    }
    let why = |route: &str| {
        if loaded.routes.iter().any(|(address, _)| address == route) {
            return "it is scheduled, but sends no event";
        }
        let is_it = |path: &str| crate::conform::load::address(path).as_deref() == Some(route);
        if loaded.unreadable.iter().any(|(source, _)| is_it(source.path())) {
            "it is scheduled, but its file cannot be read"
        } else {
            "it is scheduled, but no route handler answers it"
        }
    };
    draft.synchronous = scheduled.map(|route| (route.to_owned(), why(route).to_owned())).collect();
    let Some(writer) = writer.filter(|writer| !writer.states.is_empty()) else { return (draft, loaded) };
    // Read again with the module that the contract names: then rules find it.
    let loaded = load(files.clone(), &[writer.module.as_str()], read);
    match loaded.find_module(&writer.module) {
        Some(_) => draft.writer = Some(writer),
        None => draft.left_out.push((
            "the function that writes the status of runs".to_owned(),
            format!("no route imports `{}` of {}", writer.export, writer.module),
        )),
    }
    (draft, loaded)
}

fn offload(
    draft: &mut Draft,
    route: Route,
    functions: &mut Vec<Seen>,
    constants: &HashMap<String, (String, String)>,
    loaded: &Loaded,
) -> Offload {
    let Route { address, module, schedule, seen } = route;
    let taken: Vec<String> = draft.offloads.iter().map(|offload| offload.job.clone()).collect();
    // `cron/nightly-report.requested` names the job better than a path does.
    let named = match seen.events.as_slice() {
        [(event, _)] => event.split_once('/').and_then(|(_, rest)| rest.rsplit_once('.')).map(|(job, _)| job),
        _ => None,
    };
    let job = job_name(named.unwrap_or(&address), &taken);
    let mut owners = vec![loaded.app.source(module).path().to_owned()];
    let events = seen.events.iter().map(|(name, id)| {
        let index = functions.iter().position(|function| function.event == *name);
        let function = index.map(|index| functions.remove(index));
        if let Some(function) = function.as_ref().filter(|function| !owners.contains(&function.file)) {
            owners.push(function.file.clone());
        }
        Event { name: name.clone(), id: id.clone(), constant: constants.get(name).cloned(), function }
    });
    let events = events.collect();
    let methods = Asker::new(loaded, None).methods(module);
    let payload = payload(draft, &job, &seen.fields);
    Offload { job, route: address, methods, schedule, payload, seen, events, owners, accepted: Vec::new() }
}

/// The payload with these fields, which several offloads may have in common. What is bound to parameters
/// exists only in the events of offloads that have some.
fn payload(draft: &mut Draft, job: &str, fields: &[Field]) -> String {
    let without = |fields: &[Field]| -> Vec<Field> {
        fields.iter().filter(|field| field.from != Some("params")).cloned().collect()
    };
    let plain = without(fields);
    if let Some((name, known)) = draft.payloads.iter_mut().find(|(_, known)| without(known) == plain) {
        if fields.len() > known.len() {
            *known = fields.to_vec();
        }
        return name.clone();
    }
    let name = if draft.payloads.is_empty() {
        "DispatchEventData".to_owned()
    } else {
        format!("{}EventData", names::pascal(job))
    };
    let fields = if fields.is_empty() {
        // A payload has a field.
        let unknown = Some("no fields that could be found".to_owned());
        vec![Field {
            name: "data".to_owned(),
            type_: Some("json"),
            fields: Vec::new(),
            from: None,
            is_optional: true,
            unknown,
        }]
    } else {
        fields.to_vec()
    };
    draft.payloads.push((name.clone(), fields));
    name
}

/// Exported constants that hold the names of events, with their files.
fn constants(loaded: &Loaded, routes: &[Route]) -> HashMap<String, (String, String)> {
    let events: BTreeSet<&str> =
        routes.iter().flat_map(|route| &route.seen.events).map(|(name, _)| name.as_str()).collect();
    let asker = Asker::new(loaded, None);
    let mut found = HashMap::new();
    for &module in &loaded.inngest {
        let source = loaded.app.source(module);
        let exports = loaded.app.module(module).exports.keys();
        let is_constant = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        let mut names: Vec<_> = exports.filter(|name| is_constant(name)).collect();
        names.sort();
        for name in names {
            if let Some(event) = asker.text(module, name).filter(|text| events.contains(&**text)) {
                let place = (name.to_string(), source.path().to_owned());
                found.entry(event.to_string()).or_insert(place);
            }
        }
    }
    found
}
