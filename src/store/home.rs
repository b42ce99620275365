//! Where the program keeps what is its own.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::state::StateStore;
use crate::session::VersionPolicy;

/// The folders of the program.
///
/// They follow the habits of the system. The environment variable `DUIDU_HOME` puts all of them into one
/// folder, for a copy on a stick and for tests.
#[derive(Clone, Debug)]
pub struct Home {
    config: PathBuf,
    data: PathBuf,
    cache: PathBuf,
    /// Which earlier versions of files are kept, once it is known; all copies of this say the same.
    policy: Arc<Mutex<Option<VersionPolicy>>>,
}

impl Home {
    /// The folders of this reader. Makes nothing.
    pub fn find() -> Self {
        let own = env::var_os("DUIDU_HOME").filter(|folder| !folder.is_empty());
        own.map_or_else(Self::of_system, |folder| Self::within(Path::new(&folder)))
    }

    /// All folders within one.
    pub fn within(folder: &Path) -> Self {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        Self::of(folder.join("config"), folder.join("data"), folder.join("cache"))
    }

    fn of_system() -> Self {
        directories::ProjectDirs::from("", "", "duidu").map_or_else(Self::of_nobody, |folders| {
            let [config, data, cache] = [folders.config_dir(), folders.data_dir(), folders.cache_dir()];
            Self::of(config.to_owned(), data.to_owned(), cache.to_owned())
        })
    }

    fn of(config: PathBuf, data: PathBuf, cache: PathBuf) -> Self {
        Self { config, data, cache, policy: Arc::default() }
    }

    /// For a user without a home, such as a service: the folder for temporary files.
    fn of_nobody() -> Self {
        Self::within(&env::temp_dir().join("duidu"))
    }

    /// Settings, and what is restored at the next start.
    pub fn config(&self) -> &Path {
        &self.config
    }

    /// Notes that cannot lie beside their documents, earlier generations of notes, locks.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// What can be made again at any time.
    pub fn cache(&self) -> &Path {
        &self.cache
    }

    /// Other earlier versions of all files are kept from now on.
    pub fn keep_versions(&self, policy: VersionPolicy) {
        *self.lock_policy() = Some(policy);
    }

    /// Which earlier versions are kept; read from the settings when it is first needed.
    pub(super) fn version_policy(&self) -> VersionPolicy {
        *self.lock_policy().get_or_insert_with(|| StateStore::new(self.clone()).load().0.settings.versions)
    }

    fn lock_policy(&self) -> MutexGuard<'_, Option<VersionPolicy>> {
        self.policy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Restored, Settings};

    #[test]
    fn which_versions_are_kept_is_read_from_the_settings_and_changes_for_every_file_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(folder.path());
        let few = VersionPolicy { newest: 3, ..VersionPolicy::default() };
        let settings = Settings { versions: few, ..Settings::default() };
        StateStore::new(home.clone()).save(&Restored { settings, ..Restored::default() }).unwrap();
        let of_codebook = home.clone();
        assert_eq!(of_codebook.version_policy(), few);
        let fewer = VersionPolicy { newest: 2, ..few };
        home.keep_versions(fewer);
        assert_eq!(of_codebook.version_policy(), fewer);
    }
}
