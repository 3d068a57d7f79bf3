//! The lines that the compiler does not hold: who may import whom, what the
//! pure rooms leave alone, how long files and functions are.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room of `src/`, and the rooms that it may import.
const ROOMS: [(&str, &[&str]); 17] = [
    ("error", &[]),
    ("escape", &[]),
    ("text", &["error"]),
    ("record", &["text"]),
    ("lexicon", &["text", "error"]),
    ("archive", &["text", "lexicon", "error"]),
    ("extract", &["text", "record", "lexicon"]),
    ("compare", &["text", "record", "lexicon", "escape"]),
    ("wire", &["text", "record", "compare"]),
    ("eval", &["text", "record", "wire", "index", "feed", "error"]),
    ("reposts", &["text", "record", "lexicon", "error"]),
    ("pipeline", &["text", "record", "archive", "lexicon", "extract", "error"]),
    ("report", &["record", "escape"]),
    ("index", &["text", "record", "lexicon", "compare", "wire", "error"]),
    ("feed", &["text", "record", "lexicon", "compare", "wire", "error"]),
    (
        "run",
        &["text", "record", "wire", "reposts", "pipeline", "report", "error"],
    ),
    (
        "cli",
        &[
            "error", "text", "record", "lexicon", "archive", "extract",
            "compare", "wire", "eval", "reposts", "pipeline", "report", "run",
            "index", "feed",
        ],
    ),
];

/// Rooms that do no input or output, read no clock and start no thread.
const PURE: [&str; 5] = ["text", "record", "lexicon", "extract", "compare"];

/// What the pure rooms leave alone.
const IMPURE: [&str; 9] = [
    "std::fs",
    "std::io",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "rayon",
];

/// Lines of code in a file, without tests and comments.
const LONGEST_FILE: usize = 400;

/// Files that are still longer, and how long they may be; these figures only
/// fall.
const LONGER_FILES: [(&str, usize); 0] = [];

/// Lines of a function.
const LONGEST_FUNCTION: usize = 80;

/// Files with a longer function, and how long it may be; these figures only
/// fall.
const LONGER_FUNCTIONS: [(&str, usize); 0] = [];

/// What a file is allowed: the usual, or its own figure while it has one.
fn allowed(longer: &[(&str, usize)], path: &str, usual: usize) -> usize {
    let own = longer.iter().find(|(name, _)| *name == path);
    own.map_or(usual, |(_, longest)| *longest)
}

/// A source file without its tests.
struct Source {
    path: String,
    room: String,
    lines: Vec<String>,
}

impl Source {
    fn read(path: &Path, root: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a source file");
        let inside = path.strip_prefix(root).expect("under src");
        let room = inside.iter().next().expect("a name").to_string_lossy();
        let code = match text.find("\n#[cfg(test)]\nmod tests {") {
            Some(tests) => &text[..tests],
            None => &text,
        };
        let lines = code.lines().map(str::to_owned).collect();
        Self {
            path: inside.display().to_string(),
            room: room.trim_end_matches(".rs").to_owned(),
            lines,
        }
    }

    /// Its code, without comments on lines of their own.
    fn code(&self) -> String {
        let code = |line: &&String| !line.trim_start().starts_with("//");
        self.lines.iter().filter(code).map(|line| format!("{line}\n")).collect()
    }
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.sort();
    assert!(found.len() > 20, "the sources were not found");
    found.retain(|path| !is_test(path));
    found.iter().map(|path| Source::read(path, &root)).collect()
}

/// Whether a file is a module of tests alone, as its parent says.
fn is_test(path: &Path) -> bool {
    let name = path.file_stem().expect("a name").to_string_lossy();
    let declared = format!("#[cfg(test)]\nmod {name};");
    let folder = path.parent().expect("a folder");
    [folder.join("mod.rs"), folder.with_extension("rs")].iter().any(|parent| {
        let text = fs::read_to_string(parent);
        text.is_ok_and(|text| text.contains(&declared))
    })
}

/// The rooms that a piece of code names behind `crate::`. The error types
/// are also named at the root.
fn imports(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for behind in code.split("crate::").skip(1) {
        let group = behind.strip_prefix('{');
        let mut depth = 0;
        let mut name = String::new();
        let mut names = Vec::new();
        for c in group.unwrap_or(behind).chars() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 && group.is_some() => {
                    names.push(std::mem::take(&mut name));
                }
                c if depth == 0 && group.is_some() => name.push(c),
                c if c.is_alphanumeric() || c == '_' => name.push(c),
                _ if group.is_none() => break,
                _ => {}
            }
        }
        names.push(name);
        for name in names {
            let first = name.trim().split("::").next().unwrap_or_default();
            match first.trim() {
                "" => {}
                "Error" | "Result" => rooms.push("error".to_owned()),
                room => rooms.push(room.to_owned()),
            }
        }
    }
    rooms
}

/// Everything that is wrong, at once.
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn imports_are_found_in_any_form() {
    let code = "use crate::text::{Span, Text};\nuse crate::{Error, wire::{a, b}, eval};\nlet x = crate::record::Kind::Other;";
    assert_eq!(imports(code), ["text", "error", "wire", "eval", "record"]);
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let mut wrong = Vec::new();
    for source in sources() {
        if ["lib", "main"].contains(&source.room.as_str()) {
            continue;
        }
        let row = ROOMS.iter().find(|(room, _)| *room == source.room);
        let Some((_, allowed)) = row else {
            panic!("the room `{}` is not in the table", source.room);
        };
        for import in imports(&source.code()) {
            if import != source.room && !allowed.contains(&import.as_str()) {
                let (path, room) = (&source.path, &source.room);
                wrong.push(format!(
                    "{path} imports `{import}`, which `{room}` may not"
                ));
            }
        }
    }
    none(&wrong);
}

#[test]
fn no_path_climbs_twice() {
    let climbs = |source: &&Source| source.code().contains("super::super");
    let sources = sources();
    let wrong = sources.iter().filter(climbs).map(|source| {
        format!("{}: name the room with `crate::` instead", source.path)
    });
    none(&wrong.collect::<Vec<_>>());
}

#[test]
fn pure_rooms_leave_the_world_alone() {
    let mut wrong = Vec::new();
    for source in sources() {
        if !PURE.contains(&source.room.as_str()) {
            continue;
        }
        let code = source.code();
        for word in IMPURE.iter().filter(|word| code.contains(**word)) {
            wrong.push(format!("{} uses {word}", source.path));
        }
    }
    none(&wrong);
}

#[test]
fn every_file_says_what_it_is_for() {
    let bare = |source: &&Source| {
        source.lines.first().is_none_or(|line| !line.starts_with("//! "))
    };
    let sources = sources();
    let wrong = sources
        .iter()
        .filter(bare)
        .map(|source| format!("{} does not open with `//!`", source.path));
    none(&wrong.collect::<Vec<_>>());
}

#[test]
fn files_stay_short() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.code().lines().count();
        if lines > allowed(&LONGER_FILES, &source.path, LONGEST_FILE) {
            wrong.push(format!(
                "{} has {lines} lines without its tests and comments",
                source.path
            ));
        }
    }
    none(&wrong);
}

#[test]
fn functions_stay_short() {
    let mut wrong = Vec::new();
    for source in sources() {
        let longest =
            allowed(&LONGER_FUNCTIONS, &source.path, LONGEST_FUNCTION);
        let mut start: Option<(usize, usize)> = None;
        for (i, line) in source.lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let words: Vec<&str> = line.split_whitespace().collect();
            let signature = words.iter().take(4).any(|word| *word == "fn");
            if start.is_none() && signature && !line.ends_with(';') {
                start = Some((i, indent));
            }
            let Some((first, outer)) = start else { continue };
            if indent == outer && line.trim_end().ends_with('}') {
                let length = i - first + 1;
                if length > longest {
                    let (path, line) = (&source.path, first + 1);
                    wrong.push(format!(
                        "{path}:{line}: a function of {length} lines"
                    ));
                }
                start = None;
            }
        }
    }
    none(&wrong);
}
