//! Notes that are found, and those that must not be.

use super::*;
use crate::notes::sample::{document_of, marked};
use crate::text::fold_char;

/// Where the note that is made on `⟦…⟧` of `made` is in `now`, as the state and the words there.
fn found(made: &str, now: &str) -> (FoundState, String) {
    let (text, span) = marked(made);
    let anchor = Anchor::of(&document_of(&text), span);
    let document = document_of(now);
    let found = locate(&anchor, &Target::new(&document));
    let words = found.span().and_then(|span| span.of(now)).unwrap_or_default().to_owned();
    (found.state(), words)
}

/// `now` has `⟦…⟧` where the note should be; without them it should be nowhere.
fn check(made: &str, now: &str, state: FoundState) {
    let (text, span) = marked(made);
    let anchor = Anchor::of(&document_of(&text), span);
    let expected = now.contains('⟦').then(|| marked(now).1);
    let now = if expected.is_some() { marked(now).0 } else { now.to_owned() };
    let document = document_of(&now);
    let found = locate(&anchor, &Target::new(&document));
    assert_eq!((found.state(), found.span()), (state, expected), "{found:?} in {now}");
}

const RIVER: &str = "# 一、上游\n上游山高坡陡，每逢大雨，泥沙就随水而下。村里的老人说，从前这里有一片杉树林，砍掉以后河水才变浑。\n\
    ⟦我们提议先在上游种树，再清理河道里的淤泥。⟧每户认领二十棵树苗，由小学的孩子记录它们的成活。\n\
    # 二、下游\n下游地势平缓，河岸常被冲塌。我们提议用石笼护岸，并在岸边留出五米宽的草地，不再耕种。";

fn river() -> String {
    marked(RIVER).0
}

#[test]
fn what_stands_in_place_is_exact() {
    check(RIVER, RIVER, FoundState::Exact);
    check("⟦全文只有这一句话⟧", "⟦全文只有这一句话⟧", FoundState::Exact);
    check("⟦水⟧", "⟦水⟧", FoundState::Exact);
}

#[test]
fn what_only_shifted_or_changed_its_script_or_lines_is_exact() {
    check(RIVER, &format!("站点导航 | 首页\n前言写在这里。\n{RIVER}"), FoundState::Exact);
    check(
        RIVER,
        &RIVER.replace("先在上游种树，", "先在上游種樹,\n").replace("清理", "清 理"),
        FoundState::Exact,
    );
}

#[test]
fn edited_words_in_their_place_are_moved() {
    check(RIVER, &RIVER.replace("先在上游种树", "首先在上游多种树"), FoundState::Moved);
    check(RIVER, &RIVER.replace("再清理河道里的淤泥。⟧", "再清理河道里的石头。⟧"), FoundState::Moved);
    check(RIVER, &RIVER.replace("⟦我们提议先", "⟦大家提议先"), FoundState::Moved);
    check(RIVER, &RIVER.replace("每户认领二十棵", "每家认领三十棵"), FoundState::Moved);
    let numbered = RIVER.replace("⟦我们", "⟦（二）我们");
    check(&numbered, &numbered.replace("（二）", "（三）"), FoundState::Moved);
}

#[test]
fn words_that_are_gone_are_lost() {
    let (before, rest) = RIVER.split_once('⟦').unwrap();
    let (_, after) = rest.split_once('⟧').unwrap();
    check(RIVER, &format!("{before}{after}"), FoundState::Lost);
    check(RIVER, "这是一篇完全不同的文章，讲的是乡村图书室怎样借书。", FoundState::Lost);
    check(RIVER, "", FoundState::Lost);
}

#[test]
fn the_surroundings_tell_the_same_words_apart() {
    let text = "第一条 开放时间由村民议定。未经同意不得变更。图书室周一休息。\n第二条 借书以一个月为限。未经同意不得变更。逾期的书由管理员催还。\n第三条 捐赠的书登记入册。⟦未经同意不得变更。⟧名册每年公布一次。";
    check(text, text, FoundState::Exact);
    check(text, &format!("新增的开头一句。\n{text}"), FoundState::Exact);
    let edited = text.replace("捐赠的书登记入册", "捐来的书要登记入册");
    check(text, &edited, FoundState::Moved);
}

#[test]
fn the_same_words_in_the_same_surroundings_are_unsure() {
    let row = "| 树苗 | 二十棵 | 每户 | 春天种下，秋天补种，成活的由孩子们记录在册 |\n".repeat(12);
    let made = format!("{row}| 树苗 | ⟦二十棵⟧ | 每户 | 春天种下，秋天补种，成活的由孩子们记录在册 |\n{row}");
    check(&made, &made, FoundState::Exact);
    check(&made, &format!("新开头\n{}", marked(&made).0), FoundState::Unsure);
}

/// Where a note is that a person wrote by hand: its words, what stands before and after them, and no position.
fn check_by_hand(parts: [&str; 3], now: &str, state: FoundState) {
    let [before, quote, after] = parts.map(str::to_owned);
    let anchor = Anchor { quote, before, after, ..Anchor::default() };
    let (text, expected) = if now.contains('⟦') { marked(now) } else { (now.to_owned(), Span::at(0)) };
    let document = document_of(&text);
    let found = locate(&anchor, &Target::new(&document));
    let expected = now.contains('⟦').then_some(expected);
    assert_eq!((found.state(), found.span()), (state, expected), "{parts:?} in {now}");
}

#[test]
fn words_without_a_position_are_found_where_they_stand_once() {
    let now = "上游种树，下游清淤。村里⟦轮流看水放水⟧，每户出一人。";
    check_by_hand(["", "轮流看水放水，每户", ""], &now.replace("⟧，每户", "，每户⟧"), FoundState::Exact);
    check_by_hand(["村里", "轮流看水放水", ""], now, FoundState::Exact);
    check_by_hand(["", "輪流看水放水", "，每戶"], now, FoundState::Exact);
    let unsure = &marked(now).0;
    check_by_hand(["", "看水放水", ""], unsure, FoundState::Unsure);
    check_by_hand(["", "轮流看水放水，每户", ""], &unsure.repeat(2), FoundState::Unsure);
    check_by_hand(["乡里", "轮流看水放水", ""], unsure, FoundState::Unsure);
    check_by_hand(["", "没有的字句在这里", ""], unsure, FoundState::Lost);
    let twice = "东村轮流看水放水。西村⟦轮流看水放水⟧。";
    check_by_hand(["西村", "轮流看水放水", ""], twice, FoundState::Exact);
    check_by_hand(["", "轮流看水放水", "。"], &marked(twice).0, FoundState::Unsure);
}

/// That it says no position is no position at the beginning: other notes do not say that it must be there.
#[test]
fn notes_that_say_their_position_say_nothing_of_one_that_says_none() {
    let text = river();
    let document = document_of(&text);
    let anchor = |words: &str| {
        let start = text.find(words).unwrap();
        Anchor::of(&document, Span::from_range(&(start..start + words.len())))
    };
    let quote = "并在岸边留出五米宽的草地".to_owned();
    let by_hand = Anchor { quote: quote.clone(), ..Anchor::default() };
    let anchors = [anchor("上游山高坡陡"), by_hand, anchor("从前这里有一片杉树林")];
    let notes: Vec<_> =
        (1..).zip(anchors).map(|(id, anchor)| crate::notes::sample::note(id, anchor)).collect();
    let now = format!("新的开头。{text}");
    let found = crate::notes::locate_all(&notes, &document_of(&now));
    let words = found.iter().map(|(_, found)| found.span().and_then(|span| span.of(&now)));
    assert_eq!(
        words.collect::<Vec<_>>(),
        [Some("上游山高坡陡"), Some(&*quote), Some("从前这里有一片杉树林")]
    );
}

/// What stood beside the words is not taken for them where one of the two is gone.
#[test]
fn a_twin_beside_it_does_not_take_its_place() {
    // The heading is gone, the sentence that begins like it is there.
    let made = "村里的规矩，由村民大会议定。\n⟦清理河道的淤泥⟧\n清理河道的淤泥由村民小组负责，每年春天和秋天各做一次。";
    check(
        made,
        "村里的规矩，由村民大会议定。\n清理河道的淤泥由村民小组负责，每年春天和秋天各做一次。",
        FoundState::Unsure,
    );
    // One of two clauses that end alike is gone: the words stand after the one and before what followed the other.
    let made = "及时发现和处置水渠方面的隐患，及时发现和处置书屋方面的⟦隐患⟧，把成效写进每年的年报。";
    check(made, "及时发现和处置水渠方面的隐患，把成效写进每年的年报。", FoundState::Unsure);
    let made =
        "先把样品送检；⟦严格落⟧实分组管理的责任，把保存的期限写进名册，严格落实分组管理的责任，不得有误。";
    check(made, "先把样品送检；严格落实分组管理的责任，不得有误。", FoundState::Unsure);
    // The other one is gone.
    let now = made.replace("把保存的期限写进名册，严格落实分组管理的责任，", "把保存的期限写进名册，");
    check(made, &now, FoundState::Moved);
}

/// Of the fewest words something must be left, and what stood straight beside them.
#[test]
fn the_fewest_words_are_not_put_where_only_a_mark_is_left() {
    let made = "（一）村民小组无须公布维修的经费，逾期不改⟦的，⟧处以罚款，并在村口的告示栏写明。";
    check(made, "（一）村民小组无须公布维修的经费，处以罚款，并在村口的告示栏写明。", FoundState::Unsure);
    check(made, &made.replace("⟦的，⟧", "⟦者，⟧"), FoundState::Moved);
}

/// The captions have changed places, what stands around them has not.
#[test]
fn captions_that_only_a_number_tells_apart_are_not_taken_for_each_other() {
    let of = |first: &str, second: &str| {
        format!(
            "甲\t十棵\t春天\n{first}\n河堤上的柳树由小学的孩子认领。\n乙\t十棵\t秋天\n{second}\n图书室每周开放三次。"
        )
    };
    let (one, two) = ("表一　各户认领与完成情况", "表二　各户认领与完成情况");
    for marked in ["⟦完成⟧情况", "⟦⟧完成情况"] {
        let made = of(&one.replace("完成情况", marked), two);
        check(&made, &of(two, one), FoundState::Unsure);
    }
}

/// A bookmark whose row is gone is not put into the row that stood beside it.
#[test]
fn a_bookmark_stays_out_of_the_row_beside_it() {
    let rows = [
        "村民小组\t借阅名册\t二十棵\t第12户",
        "村民小组\t护岸⟦⟧石笼\t十棵\t第53户",
        "村民小组\t开放时间\t二十棵\t第31户",
    ];
    let made = rows.join("\n");
    check(&made, &[rows[0], rows[2]].join("\n"), FoundState::Unsure);
    check(&made, &made.replace("第53户", "第五十三户"), FoundState::Moved);
}

/// What followed each caption has gone under another one, and the note's own caption was edited.
#[test]
fn an_edited_caption_is_offered_and_none_with_another_number_is_taken() {
    let caption = "　各户认领与完成情况";
    let follows = [
        "春天种下的柳树由小学的孩子记录在册。",
        "桥下的石块每年清理两次，费用均摊。",
        "图书室的旧书先修补，再登记编号。",
    ];
    let of = |first: &str, order: [usize; 3]| {
        let captions = [first.to_owned(), format!("表2{caption}"), format!("表3{caption}")];
        let lines =
            captions.iter().zip(order).map(|(caption, place)| format!("{caption}\n{}\n", follows[place]));
        lines.collect::<String>()
    };
    let made = of("表1　各户认领与⟦完成⟧情况", [0, 1, 2]);
    let now = of("表1　各户认领与完工情况", [1, 2, 0]);
    let (text, span) = marked(&made);
    let document = document_of(&now);
    let found = locate(&Anchor::of(&document_of(&text), span), &Target::new(&document));
    let Found::Unsure { candidates } = &found else { panic!("{found:?}") };
    assert!(candidates.iter().any(|(span, _)| span.end() < 40), "{candidates:?}");
}

/// The number of the clause is what the note quotes.
#[test]
fn a_clause_with_another_number_is_not_taken_where_the_number_is_quoted() {
    let clauses = [
        "第二十七条　河道管理员必须核对借阅名册，违者由村民小组劝阻。\n",
        "第⟦二十⟧八条　村民小组有权修补水渠，费用由各户均摊。\n",
        "第二十九条　村民小组有权占用水渠，但要报告河长。\n",
    ];
    check(&clauses.concat(), &[clauses[0], clauses[2]].concat(), FoundState::Unsure);
}

/// The paragraph is gone; another one ends with the same phrase, before the same next paragraph.
#[test]
fn another_use_of_a_phrase_is_not_taken() {
    let phrase = "不断让邻里乡亲有更多的获得感、安全感。\n";
    let next = "落实三年的治水打算，推动河流清淤护岸，重点支持上游种树。\n";
    let others = [
        format!("组织志愿者记录水位，费用由各户均摊，{phrase}"),
        format!("图书室每周开放三次，旧书先修补再登记，{phrase}"),
    ];
    let quoted = phrase.replace("更多的获得感", "⟦更多的获得感⟧");
    let made = format!("{}桥下的石块每年清理两次，堆在晒谷场边上，{quoted}{next}{}", others[0], others[1]);
    check(&made, &format!("{}{next}{}", others[0], others[1]), FoundState::Unsure);
}

/// The row is gone, and the one that stood before it has moved up to what stood after.
#[test]
fn the_row_beside_it_does_not_take_its_place() {
    let row = |who: &str, number: &str| format!("{who}\t捐赠图书\t五十棵\t{number}\t部分\n");
    let rows = [
        row("任何单位", "第52户"),
        row("任何单位", "第⟦53户⟧"),
        "村民小组\t河道淤泥\t十棵\t第0户\t否\n".to_owned(),
    ];
    check(&rows.concat(), &[&*rows[0], &*rows[2]].concat(), FoundState::Unsure);
}

/// The paragraph stands many times; one of them now follows what stood before the note's, though not straight.
#[test]
fn of_copies_none_is_taken_for_neighbours_that_are_no_longer_beside_it() {
    let copy = "请各单位于每季度末将进展情况报送联络员，联络员汇总后统一呈报。\n";
    let before = "支持有条件的地方回灌地下水，引导洗衣房使用雨水。\n";
    let others = ["四、邻里调解\n", "五、旧书修补和图书室的登记\n", "六、水渠清淤\n"];
    let of = |sections: &[&[&str]]| sections.concat().concat();
    let made =
        of(&[&[others[0], copy], &[others[1], copy], &[before, &copy.replace("请各单位", "请各⟦单位⟧")]]);
    let now = of(&[&[others[0], copy], &[before, others[1], copy], &[others[2], copy]]);
    check(&made, &now, FoundState::Unsure);
}

/// A bookmark has no words but those that it stands beside.
#[test]
fn a_bookmark_is_not_put_where_all_that_stood_beside_it_is_gone() {
    let made = "在用水多的作坊率先按量计价，探索滴灌的管子⟦⟧大家一起用，为来年的收成打好底子。";
    check(made, "在用水多的作坊率先按量计价，为来年的收成打好底子。", FoundState::Unsure);
    check(made, &made.replace("的管子⟦⟧", "管子⟦⟧"), FoundState::Moved);
}

const CLAUSES: [&str; 4] = [
    "（一）任何单位不得向河道倾倒垃圾，违者由村民小组劝阻；",
    "（二）任何单位必须向河道管理员报告垃圾，违者由村民小组劝阻；",
    "（三）任何个人不得向河道倾倒泥土，违者由村民小组劝阻；",
    "（四）任何个人必须向河道管理员报告泥土，违者由村民小组劝阻；",
];

/// However a clause is taken out of a list of clauses like it, another one never takes its place.
#[test]
fn a_clause_like_it_does_not_take_its_place() {
    for taken in 0..CLAUSES.len() {
        for also in 0..CLAUSES.len() {
            let made: String = (0..CLAUSES.len())
                .map(|index| {
                    if index == taken {
                        format!("⟦{}⟧\n", CLAUSES[index])
                    } else {
                        format!("{}\n", CLAUSES[index])
                    }
                })
                .collect();
            let now: Vec<&str> = (0..CLAUSES.len())
                .filter(|&index| index != taken && index != also)
                .map(|index| CLAUSES[index])
                .collect();
            let now = now.join("\n");
            let (state, words) = found(&format!("村规如下：\n{made}完。"), &format!("村规如下：\n{now}完。"));
            assert!(matches!(state, FoundState::Unsure | FoundState::Lost), "{taken} {also}: {words}");
        }
    }
}

#[test]
fn a_clause_that_was_turned_round_is_moved_not_exact() {
    let made = format!("村规如下：\n{}\n⟦{}⟧\n{}", CLAUSES[0], CLAUSES[2], CLAUSES[3]);
    check(&made, &made.replace("任何个人不得", "任何个人必须"), FoundState::Moved);
}

#[test]
fn few_words_need_their_surroundings() {
    let made = RIVER.replace(['⟦', '⟧'], "").replace("杉树林", "⟦杉树⟧林");
    check(&made, &format!("开头。{made}"), FoundState::Exact);
    check(&made, &made.replace("从前这里有", "从前有"), FoundState::Moved);
    check(&made, "山后还有杉树，也有松树和竹子，只是去的人少。", FoundState::Unsure);
    check(&made, "山后还有松树和竹子，只是去的人少。", FoundState::Lost);
}

#[test]
fn few_words_that_were_edited_are_moved_where_enough_stays_around_them() {
    let made = river().replace("从前这里有一片", "⟦从前这里有一⟧片");
    check(&made, &made.replace("从前这里有一", "从前那里有一"), FoundState::Moved);
    let after = "⟦从前这里有些⟧杉树林，被砍掉后";
    check(&made, &made.replace("⟦从前这里有一⟧片杉树林，砍掉以后", after), FoundState::Moved);
    check(&made, "这里有一些别的话，说的是修堤。", FoundState::Lost);
}

#[test]
fn bookmarks_are_found_by_what_is_around() {
    let made = river().replace("从前这里", "⟦⟧从前这里");
    check(&made, &made, FoundState::Exact);
    check(&made, &format!("开头。\n{made}"), FoundState::Exact);
    check(&made, &made.replace("村里的老人说", "村中的老人们说"), FoundState::Moved);
    check(&made, "这是一篇完全不同的文章。", FoundState::Lost);
    let end_of_paragraph = river().replace("变浑。\n", "变浑。⟦⟧\n");
    check(&end_of_paragraph, &format!("开头。\n{end_of_paragraph}"), FoundState::Exact);
}

#[test]
fn a_position_that_is_not_of_the_text_is_no_harm() {
    let (text, span) = marked(RIVER);
    let mut anchor = Anchor::of(&document_of(&text), span);
    for wild in [Span::new(1, 2), Span::at(u32::MAX), Span::default()] {
        anchor.span = wild;
        let document = document_of(&text);
        assert_eq!(locate(&anchor, &Target::new(&document)), Found::Exact(span));
    }
}

/// Numbers that look like chance and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most).unwrap()).unwrap()
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// A text of repeating phrases, so that much of it is like much else.
fn random_text(dice: &mut Dice, sentences: usize) -> Vec<char> {
    let who = ["村民", "管理员", "小学的孩子", "任何个人", "志愿者", "河长", "老人", "各户"];
    let must = ["应当", "不得", "可以", "必须", "曾经", "每年", "先", "再"];
    let does = ["清理", "记录", "修补", "认领", "公布", "看护", "登记", "借阅", "种下", "运走"];
    let what = [
        "河道的淤泥",
        "岸边的树苗",
        "图书室的书",
        "桥下的石块",
        "上游的水位",
        "草地",
        "名册",
        "石笼",
        "旧船",
    ];
    let more = ["，并报告河长", "，由小组核对", "", "，违者劝阻", "，费用均摊", ""];
    let mut text = String::new();
    for sentence in 0..sentences {
        for words in [&who[..], &must, &does, &what, &more] {
            text += dice.pick(words);
        }
        text += if sentence % 4 == 3 { "。\n" } else { "。" };
    }
    text.chars().collect()
}

/// The text with about one in `every` characters exchanged, left out or added, and for each of the old
/// characters where it is now.
fn edited(dice: &mut Dice, text: &[char], every: usize) -> (String, Vec<usize>) {
    let (mut now, mut places) = (String::new(), Vec::new());
    for &character in text {
        places.push(now.len());
        match dice.below(every * 3) {
            0 => {}
            1 => now.extend(['新', character]),
            2 => now.push('改'),
            _ => now.push(character),
        }
    }
    places.push(now.len());
    (now, places)
}

/// How many of 200 notes are found after such edits. None may be found elsewhere.
fn found_after_edits(every: usize) -> usize {
    let mut dice = Dice(0x5EED_0000 + u64::try_from(every).unwrap());
    let mut count = 0;
    for _ in 0..5 {
        let text = random_text(&mut dice, 120);
        let document = document_of(&text.iter().collect::<String>());
        let (now, places) = edited(&mut dice, &text, every);
        let now = document_of(&now);
        let target = Target::new(&now);
        for _ in 0..40 {
            let first = dice.below(text.len() - 60);
            let end = first + 12 + dice.below(40);
            let position =
                |index: usize| text[..index].iter().map(|character| character.len_utf8()).sum::<usize>();
            let anchor = Anchor::of(&document, Span::from_range(&(position(first)..position(end))));
            if let Some(span) = locate(&anchor, &target).span() {
                count += 1;
                let expected = Span::from_range(&(places[first]..places[end]));
                let off = span.start().abs_diff(expected.start()).max(span.end().abs_diff(expected.end()));
                assert!(
                    off <= 24,
                    "{:?} for {:?} in place of {:?}",
                    span.of(now.text()),
                    anchor.quote,
                    expected.of(now.text())
                );
            }
        }
    }
    count
}

#[test]
fn notes_are_found_after_edits_and_never_elsewhere() {
    let found: Vec<usize> = [100, 20, 10, 5, 3, 2].into_iter().map(found_after_edits).collect();
    println!("found of 200 after edits of 1, 5, 10, 20, 33, 50 in 100: {found:?}");
    assert!(found[0] >= 198 && found[1] >= 198 && found[2] >= 196, "{found:?}");
}

#[test]
fn the_fold_is_blind_to_script() {
    assert_eq!(fold_char('種'), fold_char('种'));
}
