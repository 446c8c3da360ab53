//! The edge: messages in and out, files, the clock.
//!
//! One thread answers; another one holds the code against the contract. A request is answered from the text as it
//! is; findings follow when the typing pauses. A fault of this server loses an answer, not the session.

mod contracts;
mod publish;
mod requests;

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, select, unbounded};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::position::Encoding;
use super::protocol::{self, Changed, FoldersChanged, Initialize, OfDocument, Opened, WatchedFiles};
use super::{text, uri};
use contracts::{Contracts, Judged};

/// Where a server looks for contracts.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where it was started.
    pub here: PathBuf,
    /// The one root that was asked for.
    pub root: Option<PathBuf>,
    /// The one spec that was asked for.
    pub spec: Option<PathBuf>,
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// As clients should end it.
    AfterShutdown,
    /// The client left or never asked.
    Abruptly,
}

/// Answers a client until it leaves.
pub fn serve(connection: &Connection, settings: Settings) -> Ended {
    let (judged, results) = unbounded();
    let mut server = Server {
        out: connection.sender.clone(),
        phase: Phase::New,
        encoding: Encoding::Utf16,
        snippets: false,
        watches: false,
        open: HashMap::new(),
        contracts: Contracts::new(settings, judged),
        asked: 0,
    };
    server.run(&queue(connection.receiver.clone()), &results)
}

/// Messages as they come in: the connection holds one back until it is taken, and one that takes another back has
/// to be seen before that one's turn.
fn queue(from: Receiver<Message>) -> Receiver<Message> {
    let (sender, messages) = unbounded();
    thread::spawn(move || from.into_iter().all(|message| sender.send(message).is_ok()));
    messages
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
}

/// A text that the client has open.
pub(super) struct Open {
    path: Option<PathBuf>,
    text: String,
    version: i64,
}

struct Server {
    out: Sender<Message>,
    phase: Phase,
    encoding: Encoding,
    /// The client fills in snippets.
    snippets: bool,
    /// The client tells of files when it is asked to.
    watches: bool,
    /// By URI, as the client spells it.
    open: HashMap<String, Open>,
    contracts: Contracts,
    asked: i32,
}

/// Why there is no answer.
type Refusal = (ErrorCode, String);

impl Server {
    fn run(&mut self, messages: &Receiver<Message>, results: &Receiver<Judged>) -> Ended {
        const IDLE: Duration = Duration::from_secs(3600);
        let mut waiting: VecDeque<Message> = VecDeque::new();
        loop {
            if waiting.is_empty() {
                let now = Instant::now();
                let rest = self.contracts.next_due().map_or(IDLE, |due| due.saturating_duration_since(now));
                select! {
                    recv(messages) -> message => match message {
                        Ok(message) => waiting.push_back(message),
                        Err(_) => return Ended::Abruptly,
                    },
                    recv(results) -> judged => if let Ok(judged) = judged {
                        self.guarded(|server| server.judged(judged));
                    },
                    default(rest) => {}
                }
            }
            waiting.extend(messages.try_iter());
            self.cancel(&mut waiting);
            match waiting.pop_front() {
                Some(Message::Notification(notification)) if notification.method == "exit" => {
                    return if self.phase == Phase::ShutDown { Ended::AfterShutdown } else { Ended::Abruptly };
                }
                Some(Message::Notification(notification)) => self.notified(notification),
                Some(Message::Request(request)) => self.requested(request),
                // Nothing that this server asks has an answer of interest.
                Some(Message::Response(_)) | None => {}
            }
            // Whoever types on is not interrupted by findings of a text that is gone.
            if waiting.is_empty() {
                self.guarded(|server| server.publish_due(Instant::now()));
            }
        }
    }

    /// Answers requests that were taken back while they waited.
    fn cancel(&self, waiting: &mut VecDeque<Message>) {
        let is_cancel =
            |message: &Message| matches!(message, Message::Notification(n) if n.method == "$/cancelRequest");
        let ids: Vec<RequestId> = waiting
            .iter()
            .filter(|message| is_cancel(message))
            .filter_map(|message| match message {
                Message::Notification(n) => serde_json::from_value(n.params.get("id")?.clone()).ok(),
                _ => None,
            })
            .collect();
        waiting.retain(|message| match message {
            Message::Request(request) if ids.contains(&request.id) => {
                self.answer(request.id.clone(), Err((ErrorCode::RequestCanceled, "cancelled".to_owned())));
                false
            }
            message => !is_cancel(message),
        });
    }

    fn requested(&mut self, request: Request) {
        let id = request.id.clone();
        let answer = match (self.phase, request.method.as_str()) {
            (Phase::New, "initialize") => self.initialize(request.params),
            (Phase::New, _) => Err((ErrorCode::ServerNotInitialized, "`initialize` must come first".to_owned())),
            (Phase::ShutDown, _) => Err((ErrorCode::InvalidRequest, "the session is shut down".to_owned())),
            (Phase::Running, "initialize") => {
                Err((ErrorCode::InvalidRequest, "the session is already initialized".to_owned()))
            }
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                Ok(Value::Null)
            }
            (Phase::Running, _) => {
                self.guarded(|server| server.respond(&request.method, request.params)).unwrap_or_else(|| {
                    Err((ErrorCode::InternalError, "internal error; see the log of the server".to_owned()))
                })
            }
        };
        self.answer(id, answer);
    }

    fn answer(&self, id: RequestId, answer: Result<Value, Refusal>) {
        let response = match answer {
            Ok(value) => Response::new_ok(id, value),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        };
        // A client that is gone is noticed by the next message that does not come.
        let _ = self.out.send(response.into());
    }

    /// Does some work; what panics is lost alone.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        guarded(|| work(self))
    }

    fn initialize(&mut self, params: Value) -> Result<Value, Refusal> {
        let params: Initialize = read(params)?;
        let has = |pointer: &str| params.capabilities.pointer(pointer).is_some_and(|value| value == true);
        let offered = params.capabilities.pointer("/general/positionEncodings");
        let offered: Vec<String> =
            offered.and_then(|list| serde_json::from_value(list.clone()).ok()).unwrap_or_default();
        self.encoding = Encoding::agree(&offered);
        self.snippets = has("/textDocument/completion/completionItem/snippetSupport");
        self.watches = has("/workspace/didChangeWatchedFiles/dynamicRegistration");
        let folders = params.workspace_folders.unwrap_or_default().into_iter().map(|folder| folder.uri);
        let folders: Vec<PathBuf> = folders.chain(params.root_uri).filter_map(|uri| uri::path(&uri)).collect();
        self.phase = Phase::Running;
        self.guarded(|server| server.contracts.look_in(&folders));
        Ok(protocol::capabilities(self.encoding))
    }

    fn notified(&mut self, notification: Notification) {
        if self.phase != Phase::Running {
            return;
        }
        let Notification { method, params } = notification;
        let done = self.guarded(|server| server.note(&method, params));
        if let Some(Err((_, message))) = done {
            self.log(&format!("{method}: {message}"));
        }
    }

    fn note(&mut self, method: &str, params: Value) -> Result<(), Refusal> {
        match method {
            "initialized" if self.watches => self.ask("client/registerCapability", protocol::registration()),
            "textDocument/didOpen" => {
                let Opened { text_document: opened } = read(params)?;
                let path = uri::path(&opened.uri);
                if let Some(path) = &path {
                    self.contracts.opened(path, &opened.text);
                }
                self.open.insert(opened.uri, Open { path, text: opened.text, version: opened.version });
            }
            "textDocument/didChange" => self.changed(read(params)?),
            "textDocument/didSave" => {
                let OfDocument { text_document } = read(params)?;
                let open = self.open.get(&text_document.uri);
                if let Some((path, text)) = open.and_then(|open| Some((open.path.as_ref()?, open.text.as_str()))) {
                    self.contracts.opened(path, text);
                    self.contracts.saved(path);
                }
            }
            "textDocument/didClose" => {
                let OfDocument { text_document } = read(params)?;
                if let Some(path) = self.open.remove(&text_document.uri).and_then(|open| open.path) {
                    self.contracts.closed(&path);
                }
            }
            "workspace/didChangeWatchedFiles" => {
                let WatchedFiles { changes } = read(params)?;
                for path in changes.into_iter().filter_map(|change| uri::path(&change.uri)) {
                    let is_open = self.open.values().any(|open| open.path.as_ref() == Some(&path));
                    self.contracts.changed_on_disk(&path, is_open);
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                let FoldersChanged { event } = read(params)?;
                let paths =
                    |folders: Vec<protocol::Folder>| folders.into_iter().filter_map(|f| uri::path(&f.uri)).collect();
                let (added, removed): (Vec<PathBuf>, Vec<PathBuf>) = (paths(event.added), paths(event.removed));
                for gone in self.contracts.leave(&removed) {
                    self.withdraw(&gone);
                }
                self.contracts.look_in(&added);
            }
            _ => {}
        }
        Ok(())
    }

    fn changed(&mut self, changed: Changed) {
        let encoding = self.encoding;
        let Some(open) = self.open.get_mut(&changed.text_document.uri) else { return };
        open.version = changed.text_document.version;
        for change in changed.content_changes {
            open.text = text::changed(std::mem::take(&mut open.text), change.range, &change.text, encoding);
        }
        if let Some(path) = &open.path {
            self.contracts.typed(path, &open.text, Instant::now());
        }
    }

    fn ask(&mut self, method: &str, params: Value) {
        self.asked += 1;
        let _ = self.out.send(Request::new(self.asked.into(), method.to_owned(), params).into());
    }

    fn log(&self, message: &str) {
        let params = json!({ "type": 2, "message": message });
        let _ = self.out.send(Notification::new("window/logMessage".to_owned(), params).into());
    }
}

/// Does some work; `None` when it panics.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    // What is half done is a text or a model, and both are made anew by the next change.
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_loses_one_answer() {
        let (client, server) = Connection::memory();
        let settings = Settings { here: PathBuf::from("/"), root: None, spec: None };
        let session = std::thread::spawn(move || serve(&server, settings));
        let ask = |id: i32, method: &str, params: Value| {
            client.sender.send(Request::new(id.into(), method.to_owned(), params).into()).expect("it listens");
            match client.receiver.recv_timeout(Duration::from_secs(20)).expect("an answer") {
                Message::Response(response) => response.response_result,
                other => panic!("{other:?}"),
            }
        };
        assert!(ask(1, "initialize", json!({ "capabilities": {} })).is_ok());
        assert!(ask(2, requests::PANICS, Value::Null).is_err_and(|e| e.code == ErrorCode::InternalError as i32));
        assert!(ask(3, "shutdown", Value::Null).is_ok());
        client.sender.send(Notification::new("exit".to_owned(), Value::Null).into()).expect("it listens");
        assert_eq!(session.join().expect("it ends"), Ended::AfterShutdown);
    }
}
