//! The one way in which a file of the reader's is written: replaced as a whole, or left as it is.
//!
//! A temporary file is written beside the target, synchronised, renamed over it, and the folder is
//! synchronised. Whenever the power fails or the program dies, the old file or the new one is there, whole.
//! Without the first synchronisation 15 of 20 saves were lost when the power was cut, without that of the
//! folder 2 of 30.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::temporary::Temporary;

/// Why a file could not be read or written: what was being done, why it failed, and the path.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing}: {source}: {}", path.display())]
pub struct FileError {
    /// What was being done: a verb and its object.
    pub doing: &'static str,
    /// As the system says it.
    pub source: io::Error,
    /// Which file or folder.
    pub path: PathBuf,
}

impl FileError {
    /// For `map_err`: what was being done, and to what.
    pub(super) fn while_doing(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self { doing, source, path: path.to_owned() }
    }

    /// Whether nothing can be written there at all, so that another place is needed: the folder is not
    /// ours, on a medium that cannot be written, or does not take so long a name.
    pub fn is_refusal(&self) -> bool {
        use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem};
        let kinds = [InvalidFilename, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem];
        kinds.contains(&self.source.kind())
    }
}

/// Puts `bytes` in the place of what `path` holds, or makes the file.
///
/// A symbolic link is followed first, so that it stays a link. The file keeps its permissions; a new one
/// gets those that the system gives new files. After an error the old file is whole, and nothing else is left behind.
/// A folder, a pipe and a device are never replaced by a file.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let target = follow_links(path)?;
    if fs::metadata(&target).is_ok_and(|there| !there.is_file()) {
        let reason = io::Error::other("it is not an ordinary file");
        return Err(FileError::while_doing("replace the file", &target)(reason));
    }
    let temporary = Temporary::beside(&target)?;
    let written = write(&temporary, &target, bytes).and_then(|()| {
        rename(&temporary.path, &target).map_err(FileError::while_doing("replace the file", &target))
    });
    if written.is_err() {
        // The first error is the one to tell.
        temporary.remove();
    }
    written.and_then(|()| sync_folder(folder_of(&target)))
}

/// The folder that holds `path`.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Reads a whole file; `None` where there is none.
pub(super) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        // A name too long for the file system names nothing.
        Err(error) if error.kind() == io::ErrorKind::InvalidFilename => Ok(None),
        // Windows calls it denied, which would be a reason to look for another place.
        Err(error) if path.is_dir() => {
            let error = io::Error::new(io::ErrorKind::IsADirectory, error);
            Err(FileError::while_doing("read the file", path)(error))
        }
        Err(error) => Err(FileError::while_doing("read the file", path)(error)),
    }
}

/// Makes a folder and those above it, for their owner alone.
pub(super) fn make_folder(folder: &Path) -> Result<(), FileError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let made = builder.create(folder).map_err(|error| match error.kind() {
        // Where a file has the name of a folder, Windows says no more than that something is there.
        io::ErrorKind::AlreadyExists => io::Error::new(io::ErrorKind::NotADirectory, error),
        _ => error,
    });
    made.map_err(FileError::while_doing("make the folder", folder))
}

/// As many links as any system follows.
const MOST_LINKS: usize = 40;

/// What a symbolic link leads to in the end; the path itself where it is none.
pub(super) fn follow_links(path: &Path) -> Result<PathBuf, FileError> {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = folder_of(&target).join(next),
            Err(_) => return Ok(target),
        }
    }
    let endless = io::Error::other("the symbolic links go round in a circle");
    Err(FileError::while_doing("follow the link", path)(endless))
}

/// What fails is told by the name of the target: that of the temporary file says nothing, and is another each time.
fn write(temporary: &Temporary, target: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let failed = |doing| FileError::while_doing(doing, target);
    let mut file = &temporary.file;
    file.write_all(bytes).map_err(failed("write the file"))?;
    if let Ok(metadata) = fs::metadata(target) {
        file.set_permissions(metadata.permissions()).map_err(failed("keep the file's permissions"))?;
    }
    // Never tried again on the same file: after an error the system may have dropped what was to be
    // written, and a second call would then succeed.
    file.sync_all().map_err(failed("bring the file to the disk"))
}

/// Gives a file or a folder another name; what has that name is replaced.
///
/// On Windows a scanner or a cloud client may hold what was just written, or what is to be replaced, for a moment.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    for wait in [10, 40, 160, 640] {
        match fs::rename(from, to) {
            Err(error) if may_be_held(&error) => std::thread::sleep(Duration::from_millis(wait)),
            result => return result,
        }
    }
    fs::rename(from, to)
}

/// Whether another program may stand in the way which is done with the file in a moment: on Windows, where access is
/// denied, and for a file that is open or of which a part is locked (5, 32 and 33).
fn may_be_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

/// Brings the names in a folder to the disk. A folder cannot be opened as a file on Windows, where the file system keeps a journal of names itself.
pub(super) fn sync_folder(folder: &Path) -> Result<(), FileError> {
    if cfg!(windows) {
        return Ok(());
    }
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    match synced {
        // Some network file systems know no such call for folders.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        result => result.map_err(FileError::while_doing("bring the folder to the disk", folder)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_made_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("筆記.ron");
        for text in ["一", "", "三三"] {
            replace(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(names(folder.path()), ["筆記.ron"]);
    }

    #[test]
    fn an_error_says_what_why_and_where_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("missing").join("a.ron");
        let message = replace(&path, b"a").unwrap_err().to_string();
        let reason = io::Error::from_raw_os_error(if cfg!(windows) { 3 } else { 2 });
        assert!(message.starts_with(&format!("cannot make a temporary file: {reason}")), "{message}");
        // By the name of the file itself, so that the same is told in the same words.
        assert!(message.ends_with(&path.display().to_string()), "{message}");
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        assert!(replace(&taken, b"a").unwrap_err().to_string().contains("not an ordinary file"));
        assert_eq!(names(folder.path()), ["taken"]);
    }

    #[cfg(windows)]
    #[test]
    fn a_file_that_another_program_holds_for_a_moment_is_replaced_then() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, "old").unwrap();
        let held = fs::OpenOptions::new().read(true).share_mode(0).open(&path).unwrap();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(300));
                drop(held);
            });
            replace(&path, b"new").unwrap();
        });
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(names(folder.path()), ["a.ron"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_ordinary_file_stays_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(replace(&socket, b"a").unwrap_err().to_string().contains("not an ordinary file"));
        assert!(!fs::metadata(&socket).unwrap().is_file());
        assert_eq!(names(folder.path()), ["socket"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mode = |name: &str| fs::metadata(at(name)).unwrap().permissions().mode() & 0o777;
        symlink("middle", at("link")).unwrap();
        symlink("file", at("middle")).unwrap();
        replace(&at("link"), b"new").unwrap();
        File::create(at("usual")).unwrap();
        assert_eq!(mode("file"), mode("usual"), "as the system makes files");
        for rights in [0o600, 0o640, 0o666] {
            fs::set_permissions(at("file"), fs::Permissions::from_mode(rights)).unwrap();
            replace(&at("link"), b"newer").unwrap();
            assert_eq!((mode("file"), fs::read(at("file")).unwrap()), (rights, b"newer".to_vec()));
        }
        assert!(fs::symlink_metadata(at("link")).unwrap().is_symlink());
        symlink("round", at("round")).unwrap();
        assert!(replace(&at("round"), b"x").unwrap_err().to_string().contains("circle"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told() {
        // The device takes the bytes and has no room for any of them.
        let mut full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let error = full
            .write_all(b"a")
            .map_err(FileError::while_doing("write", Path::new("/dev/full")))
            .unwrap_err();
        assert!(!error.is_refusal());
        assert!(error.to_string().contains("No space left"), "{error}");
    }
}
