//! `duidu compare`, from its arguments to its exit code.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

const LEFT: &str = "护河公约\n\n一、缘起\n\n　　去年夏天，上游的养鸭场把污水直接排进青石河，河边的柳树枯了一半。\n\n\
二、办法\n\n　　每个月的第一个星期六，沿河七个村子各出十个人捞垃圾。\n\n　　养蜂人老周愿意看守水闸。\n";

const RIGHT: &str = "護河公約（修訂）\n\n一、緣起\n\n　　去年夏天，上游的養鴨場把污水直接排進青石河，河邊的柳樹枯了一半。\n\n\
二、辦法\n\n　　每個月的最後一個星期日，沿河七個村子各出十個人撈垃圾。\n\n　　縣裡的氣象站會送來雨量的數字。\n";

/// A folder of its own with two documents in it, and everything that the program keeps.
struct Desk {
    folder: tempfile::TempDir,
}

#[derive(Debug)]
struct Said {
    code: i32,
    out: Vec<u8>,
    error: String,
}

impl Said {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.put("左.txt", LEFT);
        desk.put("右.txt", RIGHT);
        desk
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn compare(&self, arguments: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_duidu"))
            .arg("compare")
            .args(arguments)
            .env("DUIDU_HOME", self.path("home"))
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        Said { code: output.status.code().unwrap(), out: output.stdout, error }
    }
}

/// The text of a block of the JSON.
fn block<'a>(json: &'a Value, side: &str, index: &Value) -> &'a str {
    json[side]["blocks"][usize::try_from(index.as_u64().unwrap()).unwrap()]["text"].as_str().unwrap()
}

/// The text of the first left block of each link, with the verdict and the text of the first right one.
fn links(json: &Value) -> Vec<[String; 3]> {
    let links = json["links"].as_array().unwrap().iter();
    let told = |link: &Value| {
        let text = |side: &str| block(json, side, &link[side][0]).to_owned();
        [text("left"), link["verdict"].as_str().unwrap().to_owned(), text("right")]
    };
    links.map(told).collect()
}

#[test]
fn two_documents_are_read_against_each_other() {
    let said = Desk::new().compare(&["左.txt", "右.txt", "--format", "json"]);
    assert_eq!((said.code, &*said.error), (0, ""), "{said:?}");
    let json = said.json();
    assert_eq!((&json["schema"], &json["version"]), (&"duidu-comparison".into(), &1.into()));
    assert_eq!(json["left"]["path"], "左.txt");
    let links = links(&json);
    let has = |left: &str, verdict: &str, right: &str| {
        let found =
            |link: &&[String; 3]| link[0].contains(left) && link[1] == verdict && link[2].contains(right);
        assert!(links.iter().find(found).is_some(), "{left}: {links:?}");
    };
    has("养鸭场", "same", "養鴨場");
    has("捞垃圾", "revised", "撈垃圾");
    let only = |name: &str, side: &str| -> Vec<&str> {
        json[name].as_array().unwrap().iter().map(|index| block(&json, side, index)).collect()
    };
    assert!(only("only_left", "left").contains(&"养蜂人老周愿意看守水闸。"), "{json}");
    assert!(only("only_right", "right").contains(&"縣裡的氣象站會送來雨量的數字。"), "{json}");
}

#[test]
fn a_passage_is_exactly_its_words() {
    let json = Desk::new().compare(&["左.txt", "右.txt", "--format", "json"]).json();
    let words = |side: &str, place: &Value| -> String {
        let number = |name: &str| usize::try_from(place[name].as_u64().unwrap()).unwrap();
        let text = block(&json, side, &place["block"]).chars();
        text.skip(number("start")).take(number("end") - number("start")).collect()
    };
    let links = json["links"].as_array().unwrap();
    let passages: Vec<[String; 2]> = links
        .iter()
        .flat_map(|link| link["passages"].as_array().unwrap())
        .map(|passage| ["left", "right"].map(|side| words(side, &passage[side])))
        .collect();
    let has = |left: &str, right: &str| {
        assert!(
            passages.iter().any(|[one, other]| one.contains(left) && other.contains(right)),
            "{passages:?}"
        );
    };
    has("上游的养鸭场把污水直接排进青石河", "上游的養鴨場把污水直接排進青石河");
    has("沿河七个村子各出十个人捞垃圾", "沿河七個村子各出十個人撈垃圾");
    assert!(passages.iter().flatten().all(|words| !words.is_empty()));
}

#[test]
fn every_format_is_written_and_chosen_by_its_ending() {
    let desk = Desk::new();
    let check = |name: &str, begins: &[u8]| {
        let said = desk.compare(&["左.txt", "右.txt", "--out", name]);
        assert_eq!((said.code, &*said.error, said.out.len()), (0, "", 0), "{said:?}");
        let written = fs::read(desk.path(name)).unwrap();
        assert!(written.starts_with(begins), "{name}");
        let ending = name.rsplit('.').next().unwrap();
        let printed = desk.compare(&["左.txt", "右.txt", "--format", ending]);
        assert!(printed.out.starts_with(begins), "{name}");
    };
    check("a.html", b"<!DOCTYPE html>");
    check("a.docx", b"PK\x03\x04");
    check("a.xlsx", b"PK\x03\x04");
    check("a.csv", "\u{FEFF}\"No.\"".as_bytes());
    check("a.md", "# Comparison: 护河公约 ↔ 護河公約".as_bytes());
    check("a.json", b"{\n");
    check("A.HTM", b"<!DOCTYPE html>");
    let named = desk.compare(&["左.txt", "右.txt", "--format", "csv", "-o", "a.txt"]);
    assert!(named.code == 0 && fs::read(desk.path("a.txt")).unwrap().starts_with("\u{FEFF}".as_bytes()));
    assert!(desk.compare(&["左.txt", "右.txt"]).text().starts_with("# Comparison"), "Markdown by default");
    assert_eq!(desk.compare(&["左.txt", "右.txt", "--format", "pdf"]).code, 2);
}

#[test]
fn every_column_has_its_script() {
    let arguments =
        ["左.txt", "右.txt", "--format", "html", "--left-script", "taiwan", "--right-script", "zh-Hans"];
    let said = Desk::new().compare(&arguments);
    assert!(said.code == 0 && said.text().contains("上游的養鴨場") && said.text().contains("县里的气象站"));
    assert!(
        !said.text().contains("养鸭场把污水直接排进青石河，河边的柳树枯了一半。</mark></p></td><td class")
    );
    let json = Desk::new()
        .compare(&[&["左.txt", "右.txt", "--format", "json"][..], &arguments[4..]].concat())
        .json();
    assert_eq!((&json["left"]["script"], &json["right"]["script"]), (&"taiwan".into(), &"simplified".into()));
}

#[test]
fn sections_are_compared_with_the_indices_of_the_whole() {
    let desk = Desk::new();
    let sections = ["--left-section", "办法", "--right-section", "辦法"];
    let said = desk.compare(&[&["左.txt", "右.txt", "--format", "json"][..], &sections].concat());
    let json = said.json();
    let compared = &json["left"]["compared"];
    assert_eq!(block(&json, "left", &compared[0]), "二、办法");
    let links = links(&json);
    assert!(links.iter().any(|link| link[0].contains("捞垃圾")), "{json}");
    assert!(links.iter().all(|link| !link[0].contains("养鸭场")), "{json}");
    let all = json["left"]["blocks"].as_array().unwrap();
    assert!(all.iter().any(|block| block["text"] == "一、缘起"), "all blocks are listed");
    let wrong = desk.compare(&["左.txt", "右.txt", "--left-section", "结语"]);
    assert_eq!(
        (wrong.code, wrong.error.contains("结语") && wrong.error.contains("左.txt")),
        (2, true),
        "{wrong:?}"
    );
}

#[test]
fn the_same_file_may_stand_on_both_sides() {
    let json = Desk::new().compare(&["左.txt", "左.txt", "--format", "json"]).json();
    assert_eq!(json["left"]["id"], json["right"]["id"]);
    assert_eq!(json["only_left"], Value::Array(Vec::new()), "{json}");
    assert!(links(&json).iter().any(|[left, verdict, right]| left == right && verdict == "same"));
}

#[test]
fn what_has_no_text_has_an_empty_answer_and_is_said() {
    let desk = Desk::new();
    desk.put("empty.txt", "");
    desk.put("blank.txt", " \n\n");
    for file in ["empty.txt", "blank.txt"] {
        for format in ["json", "html", "md", "csv", "docx", "xlsx"] {
            let said = desk.compare(&[file, "右.txt", "--format", format]);
            assert!(said.code == 0 && !said.out.is_empty() && said.error.contains(file), "{said:?}");
        }
        let json = desk.compare(&[file, file, "--format", "json"]).json();
        assert_eq!(
            (&json["links"], &json["only_left"]),
            (&Value::Array(Vec::new()), &Value::Array(Vec::new()))
        );
    }
}

#[test]
fn the_encoding_of_either_side_can_be_chosen() {
    let desk = Desk::new();
    // 河 in Big5.
    desk.put("a.txt", [0xaa, 0x65, b'\n']);
    let json = desk.compare(&["a.txt", "a.txt", "--format", "json", "--encoding-left", "big5"]).json();
    assert_eq!(json["left"]["blocks"][0]["text"], "河");
    let json = desk.compare(&["a.txt", "a.txt", "--format", "json", "--encoding-right", "big5"]).json();
    assert_eq!(json["right"]["blocks"][0]["text"], "河");
}

#[test]
fn no_document_is_written_over_and_what_fails_is_said_with_its_name() {
    let desk = Desk::new();
    let over = desk.compare(&["左.txt", "右.txt", "--out", "./右.txt"]);
    assert_eq!((over.code, over.error.contains("右.txt")), (2, true), "{over:?}");
    assert_eq!(fs::read_to_string(desk.path("右.txt")).unwrap(), RIGHT);
    let missing = desk.compare(&["左.txt", "none.txt"]);
    assert_eq!((missing.code, missing.error.trim_end().ends_with("none.txt")), (2, true), "{missing:?}");
    let nowhere = desk.compare(&["左.txt", "右.txt", "--out", "none/a.html"]);
    assert_eq!((nowhere.code, nowhere.error.contains("none")), (2, true), "{nowhere:?}");
    assert!(!desk.path("home").exists(), "nothing else was written");
}
