//! Comparisons asked of the world.

use std::thread;
use std::time::{Duration, Instant};

use super::*;
use crate::compare::{Guidance, Part};
use crate::import::{self, ReadOptions};
use crate::session::Effect;
use crate::store::{Home, World};

struct Trial {
    folder: tempfile::TempDir,
    world: World,
}

/// The ticket of a comparison, and how many links it found.
type Answer = (u64, Result<usize, NotCompared>);

impl Trial {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World::start_within(Home::within(folder.path()), || {}).unwrap();
        Self { folder, world }
    }

    fn compare(&self, ticket: u64, texts: [&str; 2]) {
        let [left, right] = texts.map(|text| {
            let imported = import::read("sample.txt", text.into(), &ReadOptions::default()).unwrap();
            Part::whole(Arc::new(imported.document))
        });
        let job = Box::new(CompareJob { left, right, guidance: Arc::new(Guidance::default()), known: None });
        assert!(self.world.carry_out(Effect::Compare { ticket: Ticket(ticket), job }).is_none());
    }

    /// The results that were told, until that of `last`; and what was told of progress.
    fn results(&self, last: u64) -> (Vec<Answer>, Vec<f32>) {
        let (mut results, mut progress) = (Vec::new(), Vec::new());
        let end = Instant::now() + Duration::from_mins(1);
        while Instant::now() < end {
            for event in self.world.events() {
                match event {
                    Event::Compared { ticket, result } => {
                        let links = result.map(|findings| findings.counts().links());
                        results.push((ticket.0, links));
                    }
                    Event::CompareProgress { done, .. } => progress.push(done),
                    _ => {}
                }
            }
            if results.last().is_some_and(|(ticket, _)| *ticket == last) {
                return (results, progress);
            }
            thread::sleep(Duration::from_millis(2));
        }
        panic!("comparison {last} was not answered");
    }
}

const TEXT: &str = "村里开办书屋，每周开放三天，孩子们放学以后都来读书。\n\n河边种上柳树，大家一起浇水。\n";

#[test]
fn a_comparison_is_answered() {
    let trial = Trial::new();
    trial.compare(1, [TEXT, &TEXT.replace("三天", "五天")]);
    assert_eq!(trial.results(1).0, [(1, Ok(2))]);
}

#[test]
fn a_comparison_that_is_ended_makes_room_for_the_next() {
    let trial = Trial::new();
    let long: String = (0..2_000_u32).fold(String::new(), |all, number| {
        all + &format!("{TEXT}第{number}次会议说到了{}。\n\n", number * 7)
    });
    trial.compare(1, [&long, &long]);
    trial.compare(2, [&long, &long]);
    trial.world.carry_out(Effect::StopComparing(Ticket(1)));
    trial.world.carry_out(Effect::StopComparing(Ticket(2)));
    trial.compare(3, [TEXT, TEXT]);
    let (results, _) = trial.results(3);
    let cancelled = |ticket| (ticket, Err(NotCompared::Cancelled));
    assert_eq!(results, [cancelled(1), cancelled(2), (3, Ok(2))]);
}

#[test]
fn the_readers_own_themes_count() {
    let trial = Trial::new();
    let texts = ["河埠头的青石板要换新的。\n", "渡船码口每晚点灯。\n"];
    trial.compare(1, texts);
    assert_eq!(trial.results(1).0, [(1, Ok(0))]);
    let config = Home::within(trial.folder.path()).config().to_owned();
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("themes.tsv"), "水边\t河埠头 码口\n上岸\t青石板 渡船\n夜里\t换新 点灯\n")
        .unwrap();
    trial.compare(2, texts);
    assert_eq!(trial.results(2).0, [(2, Ok(1))]);
}

#[test]
fn progress_goes_forward() {
    let trial = Trial::new();
    let long = (0..500_u32).fold(String::new(), |all, number| {
        all + &format!("第{number}次会议说到了第{}件事，大家都同意。\n\n", number * 7)
    });
    trial.compare(1, [&long, &long]);
    let (_, progress) = trial.results(1);
    assert!(progress.is_sorted() && progress.iter().all(|done| (0.0..=1.0).contains(done)), "{progress:?}");
}
