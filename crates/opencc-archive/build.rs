//! Compiles OpenCC and the marisa-trie library it stands on into one archive for the linker.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

/// Version of OpenCC inside the crate `opencc-sys` that `Cargo.toml` pins.
const OPENCC_VERSION: &str = "1.4.2";

/// The crate that carries the sources, as `cargo metadata` writes the start of its entry.
const SOURCE_CRATE: &str = r#"{"name":"opencc-sys","version":"0.5.2"#;

/// The `cfg` under which `Cargo.toml` names that crate.
const SOURCE_CFG: &str = "opencc_archive_sources";

/// The library's own files in `OpenCC/src`, as its `src/CMakeLists.txt` lists them.
const OPENCC_FILES: [&str; 28] = [
    "BinaryDict.cpp",
    "Config.cpp",
    "Conversion.cpp",
    "ConversionAmbiguities.cpp",
    "ConversionCandidates.cpp",
    "ConversionChain.cpp",
    "Converter.cpp",
    "DartsDict.cpp",
    "Dict.cpp",
    "DictConverter.cpp",
    "DictEntry.cpp",
    "DictGroup.cpp",
    "Lexicon.cpp",
    "MarisaDict.cpp",
    "MaxMatchSegmentation.cpp",
    "PhraseExtract.cpp",
    "PipelineConverter.cpp",
    "PluginSegmentation.cpp",
    "PrefixMatch.cpp",
    "ResourceProvider.cpp",
    "Segmentation.cpp",
    "SerializableDict.cpp",
    "SerializedValues.cpp",
    "SimpleConverter.cpp",
    "SingleStageConverter.cpp",
    "TextDict.cpp",
    "UTF8StringSlice.cpp",
    "UTF8Util.cpp",
];

/// The files of marisa-trie in `lib/marisa`, as its `CMakeLists.txt` lists them.
const MARISA_FILES: [&str; 9] = [
    "agent.cc",
    "grimoire/io/mapper.cc",
    "grimoire/io/reader.cc",
    "grimoire/io/writer.cc",
    "grimoire/trie/louds-trie.cc",
    "grimoire/trie/tail.cc",
    "grimoire/vector/bit-vector.cc",
    "keyset.cc",
    "trie.cc",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let built = check_settings().and_then(|()| find_sources()).and_then(|sources| compile(&sources));
    if let Err(message) = built {
        println!("cargo::error={message}");
    }
}

/// Checks that cargo has read `.cargo/config.toml`, without which `opencc-rust` goes its own way.
fn check_settings() -> Result<(), String> {
    let wanted = [("OPENCC_STATIC", "0"), ("OPENCC_LIBS", "opencc")];
    for (name, value) in wanted {
        println!("cargo::rerun-if-env-changed={name}");
        if env::var(name).as_deref() != Ok(value) {
            return Err(format!(
                "{name} is not \"{value}\", so cargo has not read .cargo/config.toml: start cargo \
                 inside the repository (cd there first) rather than with --manifest-path from outside"
            ));
        }
    }
    Ok(())
}

/// Finds the folder `OpenCC` of the crate `opencc-sys`, downloading that crate if it must.
fn find_sources() -> Result<PathBuf, String> {
    let listing = packages("--frozen").or_else(|_offline| packages("--locked")).map_err(|why| {
        format!(
            "the sources of OpenCC (crate opencc-sys 0.5.2) are not at hand and could not be \
             downloaded; run `cargo fetch --locked` once while online. Cargo said: {why}"
        )
    })?;
    manifest_path(&listing)
        .and_then(|manifest| manifest.parent().map(|folder| folder.join("OpenCC")))
        .filter(|folder| folder.join("src").is_dir())
        .ok_or_else(|| {
            "cargo metadata names no crate opencc-sys 0.5.2 with the sources of OpenCC in it; is it \
             still in crates/opencc-archive/Cargo.toml?"
                .to_owned()
        })
}

/// Asks cargo for every package of the repository, with the crate of the sources among them.
///
/// `mode` is `--frozen` (no network) or `--locked`. Cargo downloads what it lists, so the listing
/// is kept to the platform being built for.
fn packages(mode: &str) -> Result<String, String> {
    let output = Command::new(variable("CARGO")?)
        .args(["metadata", "--format-version=1", mode, "--filter-platform"])
        .arg(variable("TARGET")?)
        .env("CARGO_ENCODED_RUSTFLAGS", format!("--cfg\x1f{SOURCE_CFG}"))
        .output()
        .map_err(|error| format!("cargo did not start: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(said.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Reads the path of the source crate's `Cargo.toml` out of the JSON of `cargo metadata`.
///
/// In a package's entry `name` and `version` come first and `manifest_path` occurs once.
fn manifest_path(listing: &str) -> Option<PathBuf> {
    let (_, entry) = listing.split_once(SOURCE_CRATE)?;
    let (_, path) = entry.split_once(r#""manifest_path":""#)?;
    let (path, _) = path.split_once('"')?;
    Some(PathBuf::from(path.replace(r"\\", r"\")))
}

/// Compiles everything into `libopencc.a` and tells cargo where it is.
fn compile(sources: &Path) -> Result<(), String> {
    let dependencies = sources.join("deps");
    let opencc = sources.join("src");
    let marisa = dependencies.join("marisa-0.3.1");
    let mut build = cc::Build::new();
    build
        .cpp(true)
        .std("c++17")
        .warnings(false)
        // Dictionaries are opened and text is converted in debug builds and tests too.
        .opt_level(3)
        .debug(false)
        .define("NDEBUG", None)
        .define("Opencc_BUILT_AS_STATIC", None)
        .define("OPENCC_VERSION", format!("\"{OPENCC_VERSION}\"").as_str())
        .include(&opencc)
        .include(marisa.join("include"))
        .include(marisa.join("lib"))
        .include(dependencies.join("rapidjson-1.1.0"))
        .include(dependencies.join("darts-clone-0.32h/include"))
        .files(OPENCC_FILES.map(|file| opencc.join(file)))
        .files(MARISA_FILES.map(|file| marisa.join("lib/marisa").join(file)));
    suit_windows(&mut build)?;
    build
        .try_compile("opencc")
        .map_err(|error| format!("OpenCC could not be compiled; a compiler for C++17 is needed: {error}"))
}

/// Adds what the two compilers for Windows need.
fn suit_windows(build: &mut cc::Build) -> Result<(), String> {
    let target = variable("TARGET")?;
    let target = target.to_string_lossy();
    if target.contains("msvc") {
        build.flag("/EHsc").flag("/utf-8").define("_CRT_SECURE_NO_WARNINGS", None);
    } else if target.contains("windows") {
        // marisa-trie calls PrefetchVirtualMemory, which came with Windows 8.
        build.define("_WIN32_WINNT", "0x0602").cpp_link_stdlib_static(true);
        println!("cargo::rustc-link-search=native={}", folder_of_libraries(build)?);
    }
    Ok(())
}

/// Where the compiler keeps the library of C++ that goes into the program.
fn folder_of_libraries(build: &cc::Build) -> Result<String, String> {
    let mut compiler = build.get_compiler().to_command();
    let said = compiler.arg("-print-file-name=libstdc++.a").output();
    let said = said.map_err(|error| format!("the compiler for C++ did not start: {error}"))?;
    let file = PathBuf::from(String::from_utf8_lossy(&said.stdout).trim());
    file.parent().map(|folder| folder.display().to_string()).ok_or_else(|| "no library of C++".to_owned())
}

/// Reads a variable that cargo sets for every build script.
fn variable(name: &str) -> Result<OsString, String> {
    env::var_os(name).ok_or_else(|| format!("cargo has not set {name}"))
}
