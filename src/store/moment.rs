//! When a file was last written.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

/// In nanoseconds since 1970, below 0 before: archives and clocks that were wrong leave such times. What is further
/// away than some centuries is the furthest; 0 where the system does not say.
pub(super) fn written_at(metadata: &Metadata) -> i64 {
    let nanoseconds = |duration: std::time::Duration| i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
    let Ok(written) = metadata.modified() else { return 0 };
    match written.duration_since(UNIX_EPOCH) {
        Ok(since) => nanoseconds(since),
        Err(before) => -nanoseconds(before.duration()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_file_may_be_older_than_1970() {
        let folder = tempfile::tempdir().unwrap();
        let file = File::create(folder.path().join("a")).unwrap();
        let day = Duration::from_hours(24);
        let check = |time, expected: i64| {
            file.set_modified(time).unwrap();
            assert_eq!(written_at(&file.metadata().unwrap()), expected);
        };
        check(UNIX_EPOCH + day, 86_400_000_000_000);
        check(UNIX_EPOCH, 0);
        check(UNIX_EPOCH - day, -86_400_000_000_000);
    }
}
