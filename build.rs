//! Puts into the program what Windows is to know of it before it starts. Does nothing for other systems.

use std::env;

const MANIFEST: &str = "assets/windows-manifest.xml";

/// The stack of the first thread, in bytes, as large as on Linux: there it is 1 MiB, which documents of many levels fill
/// that are read without trouble elsewhere.
const STACK: u32 = 8 * 1024 * 1024;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={MANIFEST}");
    if env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return;
    }
    if let Err(error) = embed_manifest::embed_manifest_file(MANIFEST) {
        println!("cargo::error=the manifest for Windows could not be put into the program: {error}");
    }
    let is_msvc = env::var("CARGO_CFG_TARGET_ENV").is_ok_and(|environment| environment == "msvc");
    let stack = if is_msvc { format!("/STACK:{STACK}") } else { format!("-Wl,--stack,{STACK}") };
    println!("cargo::rustc-link-arg-bins={stack}");
}
