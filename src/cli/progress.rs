//! A line that says what takes so long: on a terminal's standard error, after a second, and gone again
//! when it is done.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::Options;

/// How long work takes before anything is said of it.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line that is there for as long as this lives; nothing where nobody would see it.
pub(super) struct Progress {
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Says what is being done, when it takes long enough to be noticed.
    pub(super) fn of(options: &Options, doing: &'static str) -> Self {
        let is_seen = !options.quiet && io::stderr().is_terminal();
        Self::on(is_seen.then(io::stderr), PATIENCE, doing)
    }

    fn on(to: Option<impl Write + Send + 'static>, patience: Duration, doing: &'static str) -> Self {
        let Some(mut to) = to else { return Self { waiting: None } };
        let (done, is_done) = channel();
        let waiter = thread::spawn(move || {
            if is_done.recv_timeout(patience) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            // Nothing depends on whether it could be said.
            let _ = write!(to, "{doing} …").and_then(|()| to.flush());
            let _ = is_done.recv();
            let _ = write!(to, "\r\x1b[2K").and_then(|()| to.flush());
        });
        Self { waiting: Some((done, waiter)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, waiter)) = self.waiting.take() {
            drop(done);
            // It ends as soon as nobody holds the other end.
            let _ = waiter.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("the screen").extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Screen {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().expect("the screen").clone()).expect("text")
        }
    }

    #[test]
    fn long_work_is_named_and_the_line_is_gone_afterwards() {
        let screen = Screen::default();
        let progress = Progress::on(Some(screen.clone()), Duration::ZERO, "running the code");
        while screen.text().is_empty() {
            thread::yield_now();
        }
        assert_eq!(screen.text(), "running the code …");
        drop(progress);
        assert_eq!(screen.text(), "running the code …\r\x1b[2K");
    }

    #[test]
    fn short_work_is_not_worth_a_word() {
        let screen = Screen::default();
        drop(Progress::on(Some(screen.clone()), Duration::from_secs(3600), "running the code"));
        assert_eq!(screen.text(), "");
    }
}
