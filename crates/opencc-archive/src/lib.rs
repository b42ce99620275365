//! OpenCC 1.4.2, built from source and linked into the program.
//!
//! The crate [`opencc-rust`](https://docs.rs/opencc-rust) calls the C++ library OpenCC and expects
//! to find it on the machine, in a version newer than most systems have. This crate has nothing to
//! call: its build script compiles OpenCC with the machine's C++ compiler, and nothing else, and
//! hands the archive to the linker. The program then needs no OpenCC, when built or when run.
//!
//! # How the pieces meet
//!
//! - The C++ sources are those inside the crate `opencc-sys`. Cargo downloads it and checks it
//!   against `Cargo.lock`, but never compiles it, because it is a dependency only under a `cfg`
//!   that no build sets. The build script asks `cargo metadata` where it lies.
//! - `.cargo/config.toml` at the root of the repository tells the build script of `opencc-rust` to
//!   ask for a library called `opencc` without searching for one.
//! - The program calls [`link`], else the compiler would leave this crate, and OpenCC with it, out.
//!
//! # Licences of what is linked
//!
//! - OpenCC: Apache-2.0.
//! - marisa-trie: BSD-2-Clause or LGPL-2.1-or-later, here used under BSD-2-Clause.
//! - `RapidJSON`: MIT.
//! - Darts-clone: BSD-2-Clause.

/// Keeps OpenCC in the program.
///
/// It does nothing when called. A crate that is never referred to is not linked, and this call is
/// the reference: one anywhere in the code that uses `opencc-rust` is enough.
pub const fn link() {}
