//! What the README shows is what the program does.

use crate::program::{code, run, stderr, stdout};
use serde_json::Value;
use std::path::Path;

fn readme() -> &'static str {
    include_str!("../../README.md")
}

/// The first block of a language.
fn block(language: &str) -> &'static str {
    let (_, behind) =
        readme().split_once(&format!("```{language}\n")).expect("the block");
    behind.split_once("\n```").expect("its end").0
}

/// Everything that `shown` holds must be in `real`.
fn holds(real: &Value, shown: &Value, at: &str) {
    match (real, shown) {
        (Value::Object(real), Value::Object(shown)) => {
            for (name, value) in shown {
                let real = real.get(name).unwrap_or(&Value::Null);
                holds(real, value, &format!("{at}.{name}"));
            }
        }
        (Value::Array(real), Value::Array(shown))
            if real.len() == shown.len() =>
        {
            for (i, (real, shown)) in real.iter().zip(shown).enumerate() {
                holds(real, shown, &format!("{at}[{i}]"));
            }
        }
        _ => assert_eq!(real, shown, "README, {at}"),
    }
}

#[test]
fn the_record_of_the_readme_is_the_record() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = "corpus/documents/vinh-phuc-2021.txt";
    assert!(readme().contains(&format!("vanban extract {path}")));
    let output = run(root, &["extract", path]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let record: Value =
        serde_json::from_str(stdout(&output)).expect("a record");
    let shown: Value = serde_json::from_str(block("json")).expect("JSON");
    holds(&record, &shown, "$");
}

#[test]
fn the_main_job_of_the_readme_runs() {
    assert!(block("sh").contains("-- extract corpus/documents"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = run(root, &["extract", "corpus/documents"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).lines().count() > 12);
}

#[test]
fn the_readme_names_every_command() {
    let help = run(Path::new("."), &["--help"]);
    let commands = stdout(&help).split_once("Commands:\n").expect("a list");
    let commands = commands.1.split_once("\n\n").expect("its end").0;
    let names: Vec<&str> = commands
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.contains(&"extract"));
    for name in names {
        assert!(readme().contains(&format!("`{name}")), "{name}");
    }
}
