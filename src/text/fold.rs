//! Texts made alike: what a reader would call the same words, whatever the script, width, case or marks.
//!
//! Two texts with the same folded form are the same to search, to the comparison of documents and to the
//! finding of notes again. Script classes come from OpenCC's dictionaries (`assets/opencc/fold.tsv`).

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::boundaries::{is_han, is_line_break};
use super::{Pairing, PairingBuilder, saturate};

/// The character that stands for all that are the same to a reader: 体 for 體, `a` for Ａ, a full stop for 。.
///
/// Folds variants of script, full and half width, case, compatibility ideographs, and marks: all quotation
/// marks are one, and so are all dashes, all middle dots, and the marks of full and half width, vertical and
/// small forms. Folding what is folded changes nothing. Constant time.
pub fn fold_char(character: char) -> char {
    SCRIPTLESS.fold(character)
}

/// As [`fold_char`], but each script stays itself: 体 is not 體.
pub fn fold_char_as_written(character: char) -> char {
    AS_WRITTEN.fold(character)
}

/// Whether a character is a mark of punctuation: what a search can be told to leave out. Signs that carry
/// meaning in a word or number (+ % # & = @) are not.
pub fn is_punctuation(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2027}' | '\u{2035}'..='\u{205E}' | '\u{3001}'..='\u{3003}')
        || matches!(character, '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{2E00}'..='\u{2E5D}')
        || matches!(character, '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE52}' | '\u{FE54}'..='\u{FE5E}')
        || matches!(character, '\u{FF5F}'..='\u{FF65}' | '\u{27E8}'..='\u{27EB}')
        || "!\"'(),-./:;?[]_`{}~¡«´·»¿〰・\u{2329}\u{232A}−∶∼﹣─∙⋅⋯！＂＇（），－．／：；？［］＿｀｛｝～"
            .contains(character)
}

/// Whether a text has anything besides marks of punctuation and white space.
pub fn says_something(text: &str) -> bool {
    text.chars().any(|character| !character.is_whitespace() && !is_punctuation(character))
}

/// The folded characters of a text without punctuation, white space and what cannot be seen: what is left of any
/// text that a search can find, whatever the search makes of differences.
///
/// Law: the letters of a hit of a [`super::Query`] are those of the query, one after another, so that an index
/// of letters misses none.
pub fn letters(text: &str) -> impl Iterator<Item = char> {
    let is_gap = |c: &char| Folding { ignores_punctuation: true, as_written: false }.is_gap(*c);
    text.chars().filter(move |character| !is_gap(character)).map(fold_char)
}

/// Stands between paragraphs in a folded text: Unicode's paragraph separator.
pub const PARAGRAPH: char = '\u{2029}';

/// A text in its folded form, beside the original.
///
/// Each character is folded by [`fold_char`]; characters that cannot be seen are left out, and a run of
/// white space becomes
/// * nothing at the beginning and end of the text, beside punctuation (half-width marks are followed by a space
///   where full-width ones are not), between Han and other writing (使用 Rust 語言), and between Han characters
///   where a line was broken in it (a hard-wrapped text);
/// * [`PARAGRAPH`] where it holds more than one line break, the border of a paragraph;
/// * a single space otherwise.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Folded {
    /// The folded form.
    pub text: String,
    /// The original (left) beside the folded form (right).
    pub pairing: Pairing,
}

impl Folded {
    /// Folds `text`.
    pub fn new(text: &str) -> Self {
        Self::with(text, Folding::default())
    }

    /// Folds `text` and leaves out punctuation and all white space but the borders of paragraphs. Words of
    /// alphabets run together thereby.
    pub fn without_punctuation(text: &str) -> Self {
        Self::with(text, Folding { ignores_punctuation: true, as_written: false })
    }

    /// Folds `text` as `folding` says.
    pub fn with(text: &str, folding: Folding) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut pairing = PairingBuilder::default();
        let mut position = 0;
        while let Some(step) = folding.step_right(text, position) {
            let length = step.folded.map_or(0, char::len_utf8);
            folded.extend(step.folded);
            pairing.push(saturate(step.end - step.start), saturate(length));
            position = step.end;
        }
        Self { text: folded, pairing: pairing.finish() }
    }
}

/// What is made alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Folding {
    /// Whether punctuation and white space count for nothing.
    pub ignores_punctuation: bool,
    /// Whether the script counts: 体 is not 體.
    pub as_written: bool,
}

/// A stretch of the original that is one character, or nothing, in the folded form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Step {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) folded: Option<char>,
}

impl Folding {
    pub(super) fn fold(self, character: char) -> char {
        if self.as_written { fold_char_as_written(character) } else { fold_char(character) }
    }

    /// The stretch that begins at `position`, which is no place inside a gap.
    #[inline]
    pub(super) fn step_right(self, text: &str, position: usize) -> Option<Step> {
        let rest = text.get(position..)?;
        let first = rest.chars().next()?;
        if !self.is_gap(first) {
            let end = position + first.len_utf8();
            return Some(Step { start: position, end, folded: Some(self.fold(first)) });
        }
        let end = text.len() - rest.trim_start_matches(|c| self.is_gap(c)).len();
        Some(Step { start: position, end, folded: self.gap(text, position, end) })
    }

    /// The stretch that ends at `position`, which is no place inside a gap.
    #[inline]
    pub(super) fn step_left(self, text: &str, position: usize) -> Option<Step> {
        let rest = text.get(..position)?;
        let last = rest.chars().next_back()?;
        if !self.is_gap(last) {
            let start = position - last.len_utf8();
            return Some(Step { start, end: position, folded: Some(self.fold(last)) });
        }
        let start = rest.trim_end_matches(|c| self.is_gap(c)).len();
        Some(Step { start, end: position, folded: self.gap(text, start, position) })
    }

    /// Whether a character is of the matter of gaps: white space, what cannot be seen, and punctuation where
    /// it counts for nothing.
    #[inline]
    pub(super) fn is_gap(self, character: char) -> bool {
        if matches!(character, '!'..='~' | '\u{4E00}'..='\u{9FFF}') {
            return self.ignores_punctuation && is_punctuation(character);
        }
        character.is_whitespace()
            || is_invisible(character)
            || (self.ignores_punctuation && is_punctuation(character))
    }

    /// What the gap from `start` to `end` folds to.
    fn gap(self, text: &str, start: usize, end: usize) -> Option<char> {
        let gap = text.get(start..end)?;
        let left = Neighbour::of(self.fold(text.get(..start)?.chars().next_back()?));
        let right = Neighbour::of(self.fold(text.get(end..)?.chars().next()?));
        let breaks = line_breaks(gap);
        let is_dropped = match (left, right) {
            (Neighbour::Solid, Neighbour::Solid) => breaks > 0,
            (Neighbour::Word, Neighbour::Word) => false,
            _ => true,
        };
        match gap.contains(char::is_whitespace) {
            _ if breaks > 1 => Some(PARAGRAPH),
            true if !self.ignores_punctuation && !is_dropped => Some(' '),
            _ => None,
        }
    }
}

/// How many lines end in `gap`; a paragraph separator counts for two.
fn line_breaks(gap: &str) -> usize {
    let breaks = gap.chars().filter(|&c| is_line_break(c)).count();
    let separators = gap.matches('\u{2029}').count();
    breaks + separators - gap.matches("\r\n").count()
}

/// What white space beside a character means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Neighbour {
    /// Han or kana, whose words are not set apart.
    Solid,
    /// Punctuation, whose own space is a matter of its width.
    Mark,
    /// Letters, numbers, signs.
    Word,
}

impl Neighbour {
    fn of(folded: char) -> Self {
        match folded {
            _ if is_han(folded) || matches!(folded, '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}') => {
                Self::Solid
            }
            _ if is_punctuation(folded) => Self::Mark,
            _ => Self::Word,
        }
    }
}

/// Whether a character cannot be seen: marks of direction, joiners, selectors of variants, chances to break.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

static SCRIPTLESS: LazyLock<Table> = LazyLock::new(|| Table::new(&script_classes()));
static AS_WRITTEN: LazyLock<Table> = LazyLock::new(|| Table::new(&HashMap::new()));

/// The raw characters that fold to `folded`, itself among them. Takes time in proportion to all of
/// Unicode's first plane the first time, then none.
pub(super) fn variants(folded: char, folding: Folding) -> Vec<char> {
    static MEMBERS: [LazyLock<HashMap<char, Vec<char>>>; 2] =
        [LazyLock::new(|| SCRIPTLESS.members()), LazyLock::new(|| AS_WRITTEN.members())];
    let members = MEMBERS.get(usize::from(folding.as_written)).and_then(|members| members.get(&folded));
    members.cloned().unwrap_or_else(|| vec![folded])
}

/// Every character's folded form: an array for the first plane, a map for the rest.
struct Table {
    /// By code point; [`ELSEWHERE`] where the form is not of the first plane.
    near: Box<[u16]>,
    far: HashMap<char, char>,
}

/// No character: half of a surrogate pair.
const ELSEWHERE: u16 = 0xD800;

impl Table {
    fn new(classes: &HashMap<char, char>) -> Self {
        let form = |character: char| {
            let shape = fold_shape(character);
            classes.get(&shape).copied().unwrap_or(shape)
        };
        let mut far: HashMap<char, char> = HashMap::new();
        let mut near = vec![ELSEWHERE; 0x1_0000].into_boxed_slice();
        for (slot, code) in near.iter_mut().zip(0_u32..) {
            let Some(character) = char::from_u32(code) else { continue };
            let folded = form(character);
            match u16::try_from(u32::from(folded)) {
                Ok(code) => *slot = code,
                Err(_) => drop(far.insert(character, folded)),
            }
        }
        let others =
            ('\u{10000}'..='\u{1FFFF}').chain('\u{2F800}'..='\u{2FA1F}').chain(classes.keys().copied());
        far.extend(others.map(|c| (c, form(c))).filter(|&(c, folded)| c != folded));
        Self { near, far }
    }

    #[inline]
    fn fold(&self, character: char) -> char {
        let near = self.near.get(character as usize).copied().unwrap_or(ELSEWHERE);
        char::from_u32(u32::from(near))
            .unwrap_or_else(|| self.far.get(&character).copied().unwrap_or(character))
    }

    /// The members of every class that has more than one.
    fn members(&self) -> HashMap<char, Vec<char>> {
        let mut members: HashMap<char, Vec<char>> = HashMap::new();
        let mut far: Vec<char> = self.far.keys().copied().collect();
        far.sort_unstable();
        for character in ('\0'..='\u{FFFF}').chain(far.into_iter().filter(|&c| c > '\u{FFFF}')) {
            let folded = self.fold(character);
            if folded != character {
                members.entry(folded).or_insert_with(|| vec![folded]).push(character);
            }
        }
        members
    }
}

/// The classes of characters that OpenCC takes for one another: each character and its representative.
fn script_classes() -> HashMap<char, char> {
    let lines = include_str!("../../assets/opencc/fold.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut classes = HashMap::new();
    for (representative, members) in lines.filter_map(|line| line.split_once('\t')) {
        let Some(representative) = representative.chars().next() else { continue };
        let members = members.chars().filter(|c| !c.is_whitespace());
        classes.extend(members.map(|member| (fold_shape(member), fold_shape(representative))));
    }
    classes
}

/// Folds everything but the script: width, case, marks, compatibility ideographs.
fn fold_shape(character: char) -> char {
    let compatible = compatible(character);
    let narrow = narrow(compatible);
    let mark = fold_mark(narrow);
    let mut lower = mark.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some('ς'), None) => 'σ',
        (Some(lower), None) => lower,
        _ => mark,
    }
}

/// Full width to half, half-width kana to full, every space to the common one.
fn narrow(character: char) -> char {
    let code = u32::from(character);
    match character {
        '！'..='～' => char::from_u32(code - 0xFEE0).unwrap_or(character),
        '￠' => '¢',
        '￡' => '£',
        '￢' => '¬',
        '￥' => '¥',
        '￦' => '₩',
        '｡'..='ﾟ' => KANA.chars().nth((code - 0xFF61) as usize).unwrap_or(character),
        _ if character.is_whitespace() && !is_line_break(character) => ' ',
        _ => character,
    }
}

/// The full-width forms of U+FF61 to U+FF9F.
const KANA: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

/// One mark for all that differ in shape only.
fn fold_mark(character: char) -> char {
    static MARKS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let marks = ALIKE.iter().flat_map(|&(mark, forms)| forms.chars().map(move |form| (form, mark)));
        marks.collect()
    });
    MARKS.get(&character).copied().unwrap_or(character)
}

/// Marks and the forms that fold to them.
const ALIKE: [(char, &str); 33] = [
    ('"', "“”„‟‘’‚‛「」『』〝〞〟﹁﹂﹃﹄«»‹›'`´"),
    ('《', "〈︿︽⟨⟪\u{2329}"),
    ('》', "〉﹀︾⟩⟫\u{232A}"),
    ('[', "〔【〖〘〚︹︻︗﹇﹝"),
    (']', "〕】〗〙〛︺︼︘﹈﹞"),
    ('(', "︵﹙"),
    (')', "︶﹚"),
    ('{', "︷﹛"),
    ('}', "︸﹜"),
    (',', "︐﹐"),
    ('、', "︑﹑"),
    ('.', "。︒﹒"),
    (':', "︓﹕∶"),
    (';', "︔﹔"),
    ('!', "︕﹗"),
    ('?', "︖﹖"),
    ('…', "⋯︙"),
    ('-', "—–―─‐‑‒−﹘﹣︱︲"),
    ('~', "〜∼"),
    ('·', "‧・•∙⋅"),
    ('〇', "○◯"),
    ('_', "︳﹍﹎﹏"),
    ('#', "﹟"),
    ('&', "﹠"),
    ('*', "﹡"),
    ('+', "﹢"),
    ('<', "﹤"),
    ('>', "﹥"),
    ('=', "﹦"),
    ('\\', "﹨"),
    ('$', "﹩"),
    ('%', "﹪"),
    ('@', "﹫"),
];

/// The unified ideograph that a compatibility ideograph or a radical is.
fn compatible(character: char) -> char {
    let block = COMPATIBILITY.iter().find(|(range, _)| range.contains(&character));
    let form = block.and_then(|(range, forms)| {
        forms.chars().nth((u32::from(character) - u32::from(*range.start())) as usize)
    });
    form.unwrap_or(character)
}

/// The unified ideographs for the radicals of Kangxi and the two blocks of compatibility ideographs, from the
/// first code point of each on (the compatibility mappings of Unicode; unassigned places stand for
/// themselves).
const COMPATIBILITY: [(RangeInclusive<char>, &str); 3] = [
    (
        '\u{2F00}'..='\u{2FD5}',
        "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾\
         干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生\
         用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷\
         豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
         黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠",
    ),
    (
        '\u{F900}'..='\u{FAD9}',
        "豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞擄櫓\
         爐盧老蘆虜路露魯鷺碌祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧怒率異北\
         磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊\
         練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉\
         杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘藺隣鱗麟林淋臨立笠粒\
         狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀﨎﨏塚﨑晴﨓﨔凞猪益礼神祥福靖精羽﨟蘒﨡諸﨣﨤逸都﨧﨨﨩飯飼\
         館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹\
         艹著褐視謁謹賓贈辶逸難響頻恵𤋮舘﩮﩯並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒\
         敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈\
         輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎",
    ),
    (
        '\u{2F800}'..='\u{2FA1D}',
        "丽丸乁𠄢你侮侻倂偺備僧像㒞𠘺免兔兤具𠔜㒹內再𠕋冗冤仌冬况𩇟凵刃㓟刻剆割剷㔕勇勉勤勺包匆北卉卑博即卽卿\
         卿卿𠨬灰及叟𠭣叫叱吆咞吸呈周咢哶唐啓啣善善喙喫喳嗂圖嘆圗噑噴切壮城埴堍型堲報墬𡓤売壷夆多夢奢𡚨𡛪姬娛\
         娧姘婦㛮㛼嬈嬾嬾𡧈寃寘寧寳𡬘寿将当尢㞁屠屮峀岍𡷤嵃𡷦嵮嵫嵼巡巢㠯巽帨帽幩㡢𢆃㡼庰庳庶廊𪎒廾𢌱𢌱舁弢弢\
         㣇𣊸𦇚形彫㣣徚忍志忹悁㤺㤜悔𢛔惇慈慌慎慌慺憎憲憤憯懞懲懶成戛扝抱拔捐𢬌挽拼捨掃揤𢯱搢揅掩㨮摩摾撝摷㩬\
         敏敬𣀊旣書晉㬙暑㬈㫤冒冕最暜肭䏙朗望朡杞杓𣏃㭉柺枅桒梅𣑭梎栟椔㮝楂榣槪檨𣚣櫛㰘次𣢧歔㱎歲殟殺殻𣪍𡴋𣫺\
         汎𣲼沿泍汧洖派海流浩浸涅𣴞洴港湮㴳滋滇𣻑淹潮𣽞𣾎濆瀹瀞瀛㶖灊災灷炭𠔥煅𤉣熜𤎫爨爵牐𤘈犀犕𤜵𤠔獺王㺬玥\
         㺸㺸瑇瑜瑱璅瓊㼛甤𤰶甾𤲒異𢆟瘐𤾡𤾸𥁄㿼䀈直𥃳𥃲𥄙𥄳眞真真睊䀹瞋䁆䂖𥐝硎碌磌䃣𥘦祖𥚚𥛅福秫䄯穀穊穏𥥼𥪧\
         𥪧竮䈂𥮫篆築䈧𥲀糒䊠糨糣紀𥾆絣䌁緇縂繅䌴𦈨𦉇䍙𦋙罺𦌾羕翺者𦓚𦔣聠𦖨聰𣍟䏕育脃䐋脾媵𦞧𦞵𣎓𣎜舁舄辞䑫芑\
         芋芝劳花芳芽苦𦬼若茝荣莭茣莽菧著荓菊菌菜𦰶𦵫𦳕䔫蓱蓳蔖𧏊蕤𦼬䕝䕡𦾱𧃒䕫虐虜虧虩蚩蚈蜎蛢蝹蜨蝫螆䗗蟡蠁\
         䗹衠衣𧙧裗裞䘵裺㒻𧢮𧥦䚾䛇誠諭變豕𧲨貫賁贛起𧼯𠠄跋趼跰𠣞軔輸𨗒𨗭邔郱鄑𨜮鄛鈸鋗鋘鉼鏹鐕𨯺開䦕閷𨵷䧦雃\
         嶲霣𩅅𩈚䩮䩶韠𩐊䪲𩒖頋頋頩𩖶飢䬳餩馧駂駾䯎𩬰鬒鱀鳽䳎䳭鵧𪃎䳸𪄅𪈎𪊑麻䵖黹黾鼅鼏鼖鼻𪘀",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;

    fn check(text: &str, folded: &str) {
        assert_eq!(Folded::new(text).text, folded, "{text:?}");
    }

    #[test]
    fn folds_script_width_case_and_marks() {
        assert_eq!(Folded::new("繁體漢字").text, Folded::new("繁体汉字").text);
        check("ＡＢＣ１２％", "abc12%");
        check("「河」，『堤』。", "\"河\",\"堤\".");
        check("〔二〕【三】——〈渠〉", "[二][三]--《渠》");
        check("ｶﾅ・カナ", "カナ·カナ");
        check("\u{F9DC}\u{2F00}", "隆一");
    }

    #[test]
    fn keeps_the_script_when_asked() {
        let as_written = Folding { as_written: true, ignores_punctuation: false };
        assert_eq!(Folded::with("渠體Ａ", as_written).text, "渠體a");
        assert_ne!(fold_char_as_written('體'), fold_char_as_written('体'));
        assert_eq!(fold_char('體'), fold_char('体'));
    }

    #[test]
    fn joins_broken_lines_and_keeps_paragraphs() {
        check("　　水渠修\r\n　　好了", "水渠修好了");
        check("水渠\n\n　　堤岸", "水渠\u{2029}堤岸");
        check("河 堤", "河 堤");
        check("使用 Rust\n語言", &Folded::new("使用Rust語言").text);
        check("two\n  words", "two words");
        check("河\u{200B}\u{FE00}堤 ", "河堤");
    }

    #[test]
    fn leaves_out_punctuation() {
        assert_eq!(Folded::without_punctuation("修渠，「引水」 灌田。\n\n完").text, "修渠引水灌田\u{2029}完");
        assert_eq!(Folded::without_punctuation("50% ＋ 3").text, "50%+3");
    }

    #[test]
    fn pairs_with_the_original() {
        let text = "Ａ渠\n  水";
        let folded = Folded::new(text);
        let water =
            Span::new(u32::try_from(folded.text.find('水').unwrap()).unwrap(), folded.pairing.right_len());
        assert!(folded.pairing.left_from_right(water).of(text).unwrap().ends_with('水'));
        assert_eq!(folded.pairing.left_len() as usize, text.len());
    }

    #[test]
    fn every_form_is_its_own_form() {
        for character in '\0'..=char::MAX {
            for folding in [Folding::default(), Folding { as_written: true, ..Folding::default() }] {
                let folded = folding.fold(character);
                assert_eq!(folding.fold(folded), folded, "{character:?}");
                assert_eq!(is_punctuation(folded), is_punctuation(character), "{character:?} {folded:?}");
                assert_eq!(Neighbour::of(folded) == Neighbour::Mark, is_punctuation(character));
            }
        }
    }

    #[test]
    fn variants_are_what_folds_alike() {
        for character in "发，a\"的カ".chars() {
            let folded = fold_char(character);
            let variants = variants(folded, Folding::default());
            assert!(variants.len() > 1 || character == '的', "{character} {variants:?}");
            let expected = ('\0'..=char::MAX).filter(|&c| fold_char(c) == folded).count();
            assert_eq!(variants.len(), expected, "{character}");
        }
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in "[ \\n　a-cＡ體体渠，。“「\u{200B}\u{301}]{0,24}") {
            let once = Folded::new(&text).text;
            prop_assert_eq!(&Folded::new(&once).text, &once);
        }

        #[test]
        fn stepping_left_finds_the_same_steps(text in "[ \\n\\r　a-cＡ體渠，“\u{200B}]{0,24}", ignores in any::<bool>()) {
            let folding = Folding { ignores_punctuation: ignores, as_written: false };
            let mut right = Vec::new();
            while let Some(step) = folding.step_right(&text, right.last().map_or(0, |step: &Step| step.end)) {
                right.push(step);
            }
            let mut left = Vec::new();
            while let Some(step) = folding.step_left(&text, left.last().map_or(text.len(), |step: &Step| step.start)) {
                left.push(step);
            }
            left.reverse();
            prop_assert_eq!(left, right);
        }
    }
}
