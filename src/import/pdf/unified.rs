//! Characters as they are written, where a font's table names look-alikes.
//!
//! A table from glyphs to characters that was made from a font backwards says ⽂ (a radical of the dictionary of
//! Kangxi, U+2F42) where the author wrote 文, and one sign for fi. Nobody writes with those.

use crate::import::characters;

/// The ideographs of the 214 radicals of the Kangxi dictionary, from U+2F00 on.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴\
廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿\
目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵\
邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of the supplement that are whole characters, each with its ideograph.
const SUPPLEMENT: &str = "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻫斉⻬齐⻭歯⻮齿\
⻯竜⻰龙⻲亀⻳龟";

/// Ligatures of Latin letters, from U+FB00 on.
const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

/// `text` as its author wrote it.
pub(super) fn unify(text: &str) -> String {
    if text.chars().all(|character| character < '\u{37e}' || characters::is_han(character)) {
        return text.to_owned();
    }
    let mut unified = String::with_capacity(text.len());
    for character in text.chars() {
        match ligature(character) {
            Some(letters) => unified.push_str(letters),
            None => unified.push(written(character).unwrap_or(character)),
        }
    }
    unified
}

fn ligature(character: char) -> Option<&'static str> {
    let index = (character as usize).checked_sub(0xfb00)?;
    LIGATURES.get(index).copied()
}

fn written(character: char) -> Option<char> {
    match character {
        // Signs that Unicode itself says to be others.
        '\u{37e}' => Some(';'),
        '\u{387}' => Some('·'),
        '\u{2126}' => Some('Ω'),
        '\u{212a}' => Some('K'),
        '\u{212b}' => Some('Å'),
        '\u{2f00}'..='\u{2fd5}' => KANGXI.chars().nth(character as usize - 0x2f00),
        '\u{2e80}'..='\u{2eff}' => {
            let (_, after) = SUPPLEMENT.split_once(character)?;
            after.chars().next()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_become_what_was_written() {
        let check = |drawn: &str, written: &str| assert_eq!(unify(drawn), written, "{drawn}");
        check("⼀⽂⿕", "一文龠");
        check("⻢⻳⺠", "马龟民");
        check("ﬁﬀﬆ", "fiffst");
        check("，「河」", "，「河」");
        check("\u{37e}\u{212a}", ";K");
    }
}
