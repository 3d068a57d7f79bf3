//! Gives the rules a version: a fingerprint of the sources that decide what a
//! record holds. A run compares it with that of an earlier one, so that no
//! record of older rules passes for one of these.

use std::fs;
use std::path::{Path, PathBuf};

/// What decides the contents of a record.
const SOURCES: [&str; 5] =
    ["src/archive", "src/text", "src/lexicon", "src/extract", "src/record"];

fn main() {
    let mut files = Vec::new();
    for folder in SOURCES {
        println!("cargo::rerun-if-changed={folder}");
        walk(Path::new(folder), &mut files);
    }
    files.sort();
    // FNV-1a: short, and the same on every machine.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for file in files {
        let bytes = fs::read(&file).expect("a source file is readable");
        let name = file.to_string_lossy().replace('\\', "/");
        for byte in name.bytes().chain([0]).chain(bytes).chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    println!("cargo::rustc-env=VANBAN_RULES={version}+{hash:016x}");
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a source folder is readable") {
        let path = entry.expect("a source folder is readable").path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}
