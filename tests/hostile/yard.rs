//! Where hostile files are laid, and what they refer to: a file and a page that nobody may ask for.

use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::corpus::{BAIT, Bait, FORMATS, Hostile, SECRET};

/// A folder of hostile files, a bait beside it, and a server that counts who asks.
pub(crate) struct Yard {
    folder: tempfile::TempDir,
    asked: Arc<AtomicUsize>,
}

/// Where hostile files that climb out of themselves would lie.
const CLIMBED: [&str; 2] = ["/tmp/duidu-climbed", "duidu-climbed"];

impl Yard {
    /// A new one, with its bait.
    pub(crate) fn laid() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let page = format!("http://{}/a.html", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        std::thread::spawn(move || {
            listener.incoming().for_each(|_| _ = counted.fetch_add(1, Ordering::Relaxed));
        });
        let file = folder.path().join("bait.txt");
        fs::write(&file, SECRET).unwrap();
        assert!(BAIT.set(Bait { file: file.display().to_string(), page }).is_ok());
        Self { folder, asked }
    }

    /// Lays a file, in a folder of its own.
    pub(crate) fn lay(&self, number: usize, hostile: &Hostile, bytes: &[u8]) -> PathBuf {
        let (_, ending) = FORMATS.iter().find(|(format, _)| *format == hostile.format).unwrap();
        let folder = self.folder.path().join(number.to_string());
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("hostile.{ending}"));
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Takes a file away; what is wrong with its folder by now.
    pub(crate) fn clear(path: &Path, bytes: &[u8]) -> Option<String> {
        let folder = path.parent().unwrap();
        let same = fs::read(path).is_ok_and(|now| now == bytes);
        let alone = fs::read_dir(folder).unwrap().count() == 1;
        fs::remove_dir_all(folder).unwrap();
        match (same, alone) {
            (false, _) => Some("the file was changed".to_owned()),
            (_, false) => Some("something was written beside it".to_owned()),
            _ => None,
        }
    }

    /// What was reached or written that no document may reach or write.
    pub(crate) fn violations(&self) -> Vec<String> {
        let there: BTreeSet<String> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        let mut violations = Vec::new();
        if there != BTreeSet::from(["bait.txt".to_owned()]) {
            violations.push(format!("something was written: {there:?}"));
        }
        if self.asked.load(Ordering::Relaxed) > 0 {
            violations.push("a page of the network was asked for".to_owned());
        }
        violations.extend(
            CLIMBED.iter().filter(|path| Path::new(path).exists()).map(|path| format!("{path} was written")),
        );
        violations
    }
}
