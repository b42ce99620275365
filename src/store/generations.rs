//! Earlier versions of each file of the reader's work, kept among the program's data.
//!
//! A version is put here only after it was read back from where it was written and understood. So a file
//! that the disk or another program damages costs nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::replace::{FileError, make_folder, replace};
use super::shape::{Checksum, Parsed, Sidecar, parse};
use super::{Home, short_hash};
use crate::session::VersionPolicy;

/// Saves that follow one another so closely are one version: the last of them.
pub(super) const TOGETHER: SignedDuration = SignedDuration::from_mins(2);

/// So many of the newest versions are kept however large they are.
const FEWEST: usize = 3;

/// The versions of one file.
#[derive(Debug)]
pub(super) struct Generations {
    folder: PathBuf,
}

/// One version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Generation {
    /// When it was begun; of a version that is kept for a reason of its own, when it was written.
    pub(super) at: Timestamp,
    /// The file.
    pub(super) path: PathBuf,
    /// Its size.
    pub(super) bytes: u64,
    /// Kept for a reason of its own, and never removed by the program.
    pub(super) lasting: bool,
}

impl Generations {
    /// Of the file at `path`.
    pub(super) fn of(path: &Path, home: &Home) -> Self {
        let name = short_hash(path.as_os_str().as_encoded_bytes());
        Self { folder: home.data().join("generations").join(name) }
    }

    /// Puts the version that was just read back at the front, and removes those that are no longer wanted.
    pub(super) fn add(&self, bytes: &[u8], policy: &VersionPolicy) -> Result<(), FileError> {
        make_folder(&self.folder)?;
        let newest = self.ordinary().into_iter().next();
        let now = Timestamp::now();
        if let Some(newest) = newest.as_ref().filter(|newest| now.duration_since(newest.at) < TOGETHER) {
            // A clock that was set back must not make the newest version look like an older one.
            let path = if newest.at > now { self.path(after(newest.at)) } else { newest.path.clone() };
            replace(&path, bytes)?;
            if newest.at > now {
                self.tidy(policy, now);
            }
            return Ok(());
        }
        if !newest.is_some_and(|newest| is(&newest, bytes)) {
            replace(&self.path(now), bytes)?;
            self.tidy(policy, now);
        }
        Ok(())
    }

    /// The newest version that can be read and has not a bit changed.
    pub(super) fn newest(&self) -> Option<(PathBuf, Sidecar)> {
        self.newest_that(|bytes| match parse(bytes) {
            Parsed::Good { sidecar, checksum: Checksum::Matches } => Some(*sidecar),
            _ => None,
        })
    }

    /// Whether the newest version says just this.
    pub(super) fn newest_is(&self, bytes: &[u8]) -> bool {
        let newest = self.ordinary().into_iter().next();
        newest.is_some_and(|newest| is(&newest, bytes))
    }

    /// The newest version that can be `read`.
    pub(super) fn newest_that<What>(&self, read: impl Fn(&[u8]) -> Option<What>) -> Option<(PathBuf, What)> {
        self.ordinary().into_iter().find_map(|generation| {
            let what = read(&fs::read(&generation.path).ok()?)?;
            Some((generation.path, what))
        })
    }

    /// Keeps the newest version as it was before a file was changed from outside; `None` where there is
    /// none. Versions kept so are never removed by the program.
    pub(super) fn keep_newest(&self) -> Option<PathBuf> {
        let bytes = fs::read(self.ordinary().into_iter().next()?.path).ok()?;
        self.keep("before-change", &bytes).ok()
    }

    /// Keeps a version for a reason of its own, for good. Answers where it is.
    pub(super) fn keep(&self, reason: &str, bytes: &[u8]) -> Result<PathBuf, FileError> {
        make_folder(&self.folder)?;
        let kept = self.folder.join(format!("{reason}-{}.ron", short_hash(bytes)));
        let there = fs::read(&kept).is_ok_and(|there| there == bytes);
        if there { Ok(kept) } else { replace(&kept, bytes).map(|()| kept) }
    }

    /// Takes the versions of another file too; it keeps them.
    pub(super) fn take_over(&self, other: &Self) -> Result<(), FileError> {
        make_folder(&self.folder)?;
        for Generation { path, .. } in other.all() {
            let own = self.folder.join(path.file_name().unwrap_or_default());
            if !own.exists() {
                // Versions are never written in place, so that both can be one file.
                let taken = fs::hard_link(&path, &own).or_else(|_| fs::copy(&path, &own).map(drop));
                taken.map_err(FileError::while_doing("copy the earlier version", &path))?;
            }
        }
        Ok(())
    }

    /// Every version, the newest first.
    pub(super) fn all(&self) -> Vec<Generation> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut all: Vec<Generation> = entries.filter_map(|entry| generation(entry.path())).collect();
        all.sort_by(|left, right| (right.at, &right.path).cmp(&(left.at, &left.path)));
        all
    }

    /// The version with that file name.
    pub(super) fn named(&self, name: &str) -> Option<PathBuf> {
        let all = self.all().into_iter().map(|generation| generation.path);
        all.into_iter().find(|path| path.file_name().is_some_and(|there| there == name))
    }

    fn ordinary(&self) -> Vec<Generation> {
        self.all().into_iter().filter(|generation| !generation.lasting).collect()
    }

    fn path(&self, at: Timestamp) -> PathBuf {
        self.folder.join(format!("{}.ron", at.strftime(NAME)))
    }

    /// Removes what the policy does not keep.
    fn tidy(&self, policy: &VersionPolicy, now: Timestamp) {
        let all = self.ordinary();
        let kept = wanted(&all, policy, now);
        for (_, generation) in all.iter().enumerate().filter(|(index, _)| !kept.contains(index)) {
            // Kept until the next time where it cannot be removed.
            drop(fs::remove_file(&generation.path));
        }
    }
}

/// The name of a version says when it was begun, in universal time.
const NAME: &str = "%Y%m%dT%H%M%S.%6fZ";

/// Whether a version says just this.
fn is(generation: &Generation, bytes: &[u8]) -> bool {
    generation.bytes == bytes.len() as u64 && fs::read(&generation.path).is_ok_and(|there| there == bytes)
}

fn after(at: Timestamp) -> Timestamp {
    at.checked_add(SignedDuration::from_millis(1)).unwrap_or(at)
}

fn generation(path: PathBuf) -> Option<Generation> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".ron")?.to_owned();
    let metadata = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
    let begun = jiff::fmt::strtime::parse("%Y%m%dT%H%M%S.%fZ", &stem).ok();
    let begun = begun.and_then(|parts| parts.to_datetime().ok()?.to_zoned(TimeZone::UTC).ok());
    let written = || Timestamp::try_from(metadata.modified().ok()?).ok();
    // Versions of an earlier program are numbered.
    let lasting = begun.is_none() && stem.parse::<u32>().is_err();
    let at = begun.map(|begun| begun.timestamp()).or_else(written)?;
    Some(Generation { at, path, bytes: metadata.len(), lasting })
}

/// Which of the versions, the newest first, are kept: the newest; of each hour, day and month within the spans
/// of the policy the last; and of all these no more than the room allows, the newest first.
fn wanted(all: &[Generation], policy: &VersionPolicy, now: Timestamp) -> BTreeSet<usize> {
    let mut kept: BTreeSet<usize> = (0..all.len().min(policy.newest.max(1))).collect();
    let mut last_of = BTreeSet::new();
    for (index, generation) in all.iter().enumerate() {
        let age = now.duration_since(generation.at);
        let moment = generation.at.to_zoned(TimeZone::UTC);
        let spans = [
            (age < SignedDuration::from_hours(policy.hourly_for_hours.into()), "%Y%m%d%H"),
            (age < SignedDuration::from_hours(i64::from(policy.daily_for_days) * 24), "%Y%m%d"),
            (policy.monthly, "%Y%m"),
        ];
        for (_, span) in spans.into_iter().filter(|(within, _)| *within) {
            if last_of.insert((span, moment.strftime(span).to_string())) {
                kept.insert(index);
            }
        }
    }
    let mut room = policy.megabytes.saturating_mul(1_000_000);
    let fits = |(order, &index): (usize, &usize)| {
        let bytes = all.get(index).map_or(0, |generation| generation.bytes);
        let fits = order < FEWEST || bytes <= room;
        room = if fits { room.saturating_sub(bytes) } else { 0 };
        fits.then_some(index)
    };
    kept.iter().enumerate().filter_map(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(ages_in_minutes: &[i64]) -> (Vec<Generation>, Timestamp) {
        let now: Timestamp = "2026-11-22T12:30:00Z".parse().unwrap();
        let version = |minutes: &i64| Generation {
            at: now - SignedDuration::from_mins(*minutes),
            path: PathBuf::new(),
            bytes: 1_000_000,
            lasting: false,
        };
        (ages_in_minutes.iter().map(version).collect(), now)
    }

    #[test]
    fn the_newest_and_the_last_of_each_hour_day_and_month_are_kept() {
        let check = |policy: VersionPolicy, ages: &[i64], expected: &[i64]| {
            let (all, now) = versions(ages);
            let kept: Vec<i64> = wanted(&all, &policy, now).into_iter().map(|index| ages[index]).collect();
            assert_eq!(kept, expected, "{policy:?}");
        };
        let (hour, day) = (60, 24 * 60);
        let nothing = VersionPolicy {
            newest: 1,
            hourly_for_hours: 0,
            daily_for_days: 0,
            monthly: false,
            megabytes: 100,
        };
        let ages = [0, 5, 10, hour, hour + 10, 3 * hour, 2 * day, 2 * day + hour, 40 * day, 41 * day];
        check(nothing, &ages, &[0]);
        check(VersionPolicy { newest: 3, ..nothing }, &ages, &[0, 5, 10]);
        check(VersionPolicy { hourly_for_hours: 24, ..nothing }, &ages, &[0, hour, 3 * hour]);
        check(VersionPolicy { daily_for_days: 30, ..nothing }, &ages, &[0, 2 * day]);
        check(VersionPolicy { monthly: true, ..nothing }, &ages, &[0, 40 * day]);
        check(VersionPolicy { newest: 9, megabytes: 5, ..nothing }, &ages, &[0, 5, 10, hour, hour + 10]);
        check(VersionPolicy { newest: 9, megabytes: 0, ..nothing }, &ages, &[0, 5, 10]);
    }

    #[test]
    fn saves_that_follow_closely_are_one_version_and_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let generations = Generations::of(Path::new("a"), &Home::within(folder.path()));
        let policy = VersionPolicy::default();
        generations.add(b"one", &policy).unwrap();
        generations.add(b"two", &policy).unwrap();
        assert_eq!(generations.all().len(), 1);
        let [only] = &*generations.all() else { panic!() };
        let earlier = generations.path(only.at - SignedDuration::from_hours(2));
        fs::rename(&only.path, &earlier).unwrap();
        generations.add(b"two", &policy).unwrap();
        assert_eq!(generations.all().len(), 1, "it says the same");
        generations.add(b"three", &policy).unwrap();
        generations.keep("before-change", b"two").unwrap();
        let all = generations.all();
        let lasting: Vec<bool> = all.iter().map(|generation| generation.lasting).collect();
        assert_eq!((all.len(), lasting.iter().filter(|lasting| **lasting).count()), (3, 1));
        let newest = generations.newest_that(|bytes| Some(bytes.to_vec()));
        assert_eq!(newest.unwrap().1, b"three");
        let name = earlier.file_name().unwrap().to_str().unwrap();
        assert_eq!(generations.named(name), Some(earlier.clone()));
        assert_eq!(generations.named("../1.ron"), None);
    }
}
