//! The world's beginning: it reads what the last session left, whose drive may not answer.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use std::{io, thread};

use super::World;
use crate::store::Home;

/// A world that is being started on a thread of its own. Whoever waits for it can go on meanwhile.
#[derive(Debug)]
pub struct Starting {
    folder: PathBuf,
    started: Receiver<io::Result<World>>,
}

impl Starting {
    /// Begins to start the world within `home`. `waker` is called when it has started, and then as that of
    /// [`World::start`].
    ///
    /// Errors: the system gives no more threads.
    pub fn begin(home: Home, waker: impl Fn() + Clone + Send + Sync + 'static) -> io::Result<Self> {
        let folder = home.config().to_owned();
        let (sender, started) = channel();
        let start = move || {
            // Whoever waited may have gone.
            drop(sender.send(World::start_within(home, waker.clone())));
            waker();
        };
        thread::Builder::new().name("duidu-start".to_owned()).spawn(start)?;
        Ok(Self { folder, started })
    }

    /// The world, if it has started within this time, or why it could not. To be asked until it answers.
    pub fn wait(&self, longest: Duration) -> Option<io::Result<World>> {
        match self.started.recv_timeout(longest) {
            Ok(world) => Some(world),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Err(io::Error::other("what begins it has failed"))),
        }
    }

    /// The folder of the settings, which are read first.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::process::Command;

    use super::*;

    /// A pipe answers nobody until something is written into it, as the file of a drive that stands still.
    #[test]
    fn settings_on_a_drive_that_does_not_answer_are_waited_for_by_a_thread_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(folder.path());
        fs::create_dir_all(home.config()).unwrap();
        let state = home.config().join("state.ron");
        assert!(Command::new("mkfifo").arg(&state).status().unwrap().success());
        let starting = Starting::begin(home.clone(), || {}).unwrap();
        assert!(starting.wait(Duration::from_millis(100)).is_none());
        assert_eq!(starting.folder(), home.config());
        fs::write(&state, "(format: 1, active: 3)").unwrap();
        fs::remove_file(state).unwrap();
        let world = starting.wait(Duration::from_secs(20)).unwrap().unwrap();
        assert_eq!(world.restored().active, 3);
    }
}
