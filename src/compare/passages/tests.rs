use proptest::prelude::*;

use super::*;
use crate::text::Folded;

/// Wording in which everything tells as much as `weight`, but for the characters of `stock`.
fn weigh(characters: &[char], stock: &str, weight: f32) -> Vec<f32> {
    let is_stock = |c: &char| stock.contains(*c);
    characters.iter().map(|c| if is_stock(c) { 0.0 } else { weight }).collect()
}

fn find(left: &[char], right: &[char], stock: &str, weight: f32) -> Vec<Shared> {
    let weights = [weigh(left, stock, weight), weigh(right, stock, weight)];
    let left = Wording { characters: left, weights: &weights[0], seeds: None };
    shared_wording(&left, &Wording { characters: right, weights: &weights[1], seeds: None })
}

fn characters(text: &str) -> Vec<char> {
    Folded::without_punctuation(text).text.chars().collect()
}

/// The text with a pair of brackets around each range.
fn drawn(characters: &[char], ranges: impl Iterator<Item = Range<usize>>) -> String {
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by_key(|range| range.start);
    let mut drawn = String::new();
    for (place, character) in characters.iter().enumerate() {
        drawn.extend(ranges.iter().filter(|range| range.start == place).map(|_| '⟦'));
        drawn.push(*character);
        drawn.extend(ranges.iter().filter(|range| range.end == place + 1).map(|_| '⟧'));
    }
    drawn
}

fn check_weighed(left: &str, right: &str, stock: &str, weight: f32) {
    let plain = |text: &str| characters(&text.replace(['⟦', '⟧'], ""));
    let (lefts, rights) = (plain(left), plain(right));
    let shared = find(&lefts, &rights, stock, weight);
    assert_eq!(drawn(&lefts, shared.iter().map(|shared| shared.left.clone())), left);
    assert_eq!(drawn(&rights, shared.iter().map(|shared| shared.right.clone())), right);
}

/// What both share is in brackets; ordinary wording, of which some is rare.
fn check(left: &str, right: &str) {
    check_weighed(left, right, "", 0.6);
}

#[test]
fn equal_wording_is_one_passage() {
    check("⟦我们提议先在上游种树护住水源⟧", "⟦我们提议先在上游种树护住水源⟧");
    check("⟦种树⟧", "⟦种树⟧");
    check("", "");
}

#[test]
fn small_edits_do_not_end_a_passage() {
    check("⟦村民每年春天在上游两岸种树护住水源⟧", "⟦村民每年秋天在上游两岸栽树护住水源⟧");
    check("因此⟦图书室由村民轮流看管周末也开放⟧", "今后⟦图书室应当由村民共同轮流看管周末开放⟧给孩子");
    check("⟦渡口的收费标准由两岸其利商定⟧", "⟦渡口的收费标准由两岸共同商定⟧");
}

#[test]
fn a_large_insertion_parts_two_passages() {
    check(
        "⟦桥面每年检修一次由镇上出钱⟧⟦冬天结冰时禁止车辆通行⟧",
        "⟦桥面每年检修一次由镇上出钱⟧若遇洪水则另行安排渡船接送学生和老人⟦冬天结冰时禁止车辆通行⟧",
    );
}

#[test]
fn passages_may_cross() {
    check(
        "⟦桥面每年检修一次由镇上出钱⟧⟦冬天结冰时禁止车辆通行⟧",
        "⟦冬天结冰时禁止车辆通行⟧⟦桥面每年检修一次由镇上出钱⟧",
    );
}

#[test]
fn a_shared_word_or_frame_is_no_passage() {
    check("种植苹果梨子核桃和板栗", "收购核桃蜂蜜山药和木耳");
    check("促进水利合作加强道路建设", "促进教育合作加强人才建设");
    check("推动渔业更好发展提高渔民收入水平", "推动旅游更好发展提高服务质量水平");
}

#[test]
fn stock_phrases_alone_are_no_passage() {
    check_weighed("镇里要共建美好家园迎接新年", "各户响应共建美好家园种花种草", "共建美好家园", 1.0);
}

#[test]
fn a_rare_name_is_a_passage_and_its_small_words_stay_out() {
    check_weighed("依照⟦青溪护林公约⟧的精神", "⟦青溪护林公约⟧的第三条", "", 1.0);
    check_weighed("依照青溪护林公约的精神", "青溪护林公约的第三条", "", 0.3);
}

#[test]
fn letters_count_for_less_than_han_characters() {
    check("thebridge", "thebrigade");
    check(
        "⟦everyspringthevillagersplanttreesalongtheriver⟧",
        "⟦everyspringthevillagersplanttreesalongtheriver⟧s",
    );
    check("repairedinspringthebridge", "closedinspringtheferry");
}

/// The same sentences over and over, in any number.
fn sentences(picks: &[usize]) -> Vec<char> {
    let sentences = ["上游种树护住水源", "图书室周末开放", "冬天桥面结冰", "渡口收费公示", "wool"];
    picks.iter().flat_map(|pick| sentences[pick % sentences.len()].chars()).collect()
}

fn picks() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0_usize..5, 0..12)
}

/// A million characters that hardly repeat.
fn long_text(seed: u64) -> Vec<char> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).unwrap()
    };
    (0..1_000_000).map(|_| char::from_u32(0x4E00 + next() % 3000).unwrap()).collect()
}

fn check_long(left: &[char], right: &[char], expected: impl Fn(&[Shared]) -> bool) {
    let start = std::time::Instant::now();
    let shared = find(left, right, "", 0.6);
    // Seconds without optimisation; what grows with the square takes hours.
    assert!(start.elapsed().as_secs() < 60);
    assert!(expected(&shared));
}

#[test]
fn a_million_characters_take_seconds() {
    let left = long_text(1);
    check_long(&left, &left, |shared| shared.len() == 1);
    let mut edited = left.clone();
    edited.chunks_mut(50).for_each(|chunk| chunk[7] = '〇');
    check_long(&left, &edited, |shared| shared.len() == 1);
    check_long(&left, &long_text(2), |shared| shared.len() < 100);
    let same = vec!['水'; 1_000_000];
    check_long(&same, &same[1..], |shared| shared.len() == 1);
    let verse: Vec<char> = sentences(&[0, 1, 2, 3]).into_iter().cycle().take(1_000_000).collect();
    check_long(&verse, &verse[12..], |shared| !shared.is_empty());
}

proptest! {
    #[test]
    fn passages_are_apart_and_in_bounds(left in picks(), right in picks(), weight in 0.0_f32..1.0) {
        let (left, right) = (sentences(&left), sentences(&right));
        let shared = find(&left, &right, "的冬", weight);
        let mut used = [vec![0; left.len()], vec![0; right.len()]];
        for passage in &shared {
            used[0][passage.left.clone()].iter_mut().for_each(|count| *count += 1);
            used[1][passage.right.clone()].iter_mut().for_each(|count| *count += 1);
            let (shorter, longer) = (passage.left.len().min(passage.right.len()), passage.left.len().max(passage.right.len()));
            prop_assert!(passage.equal <= shorter);
            prop_assert!(passage.equal * 100 >= longer * LIKENESS);
            prop_assert_eq!(left[passage.left.start], right[passage.right.start]);
            prop_assert_eq!(left[passage.left.end - 1], right[passage.right.end - 1]);
        }
        prop_assert!(used.iter().flatten().all(|&count| count <= 1));
    }

    #[test]
    fn sides_are_alike(left in picks(), right in picks()) {
        let (left, right) = (sentences(&left), sentences(&right));
        let total = |shared: Vec<Shared>| shared.iter().map(|passage| passage.equal).sum::<usize>();
        let (one, other) = (total(find(&left, &right, "", 0.6)), total(find(&right, &left, "", 0.6)));
        prop_assert!(one.abs_diff(other) * 5 <= one.max(other) + 40, "{one} {other}");
    }

    #[test]
    fn equal_texts_are_one_passage(picks in picks()) {
        let text = sentences(&picks);
        let shared = find(&text, &text, "", 0.0);
        prop_assert_eq!(shared.len(), usize::from(!text.is_empty()));
        prop_assert!(shared.iter().all(|passage| passage.equal == text.len()));
    }
}
