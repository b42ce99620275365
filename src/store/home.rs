//! Where the program keeps what is its own.

use std::env;
use std::path::{Path, PathBuf};

/// The folders of the program.
///
/// They follow the habits of the system. The environment variable `DUIDU_HOME` puts all of them into one
/// folder, for a copy on a stick and for tests.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Home {
    config: PathBuf,
    data: PathBuf,
    cache: PathBuf,
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
        Self { config: folder.join("config"), data: folder.join("data"), cache: folder.join("cache") }
    }

    fn of_system() -> Self {
        directories::ProjectDirs::from("", "", "duidu").map_or_else(Self::of_nobody, |folders| Self {
            config: folders.config_dir().to_owned(),
            data: folders.data_dir().to_owned(),
            cache: folders.cache_dir().to_owned(),
        })
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
}
