//! Groonga for real: a server of our own on a free port of this machine.

use super::{HOSTILE, feed, id, left_out, records};
use crate::program::{code, run, stderr};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

pub(crate) struct Groonga {
    server: Child,
    pub(crate) url: String,
    _folder: TempDir,
}

impl Drop for Groonga {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn is_installed() -> bool {
    let found = Command::new("groonga").arg("--version").output();
    if found.is_err() {
        left_out("Groonga is not installed");
    }
    found.is_ok()
}

impl Groonga {
    pub(crate) fn start() -> Option<Self> {
        if !is_installed() {
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let server = Command::new("groonga")
            .args(["--protocol", "http", "-s", "--bind-address", "127.0.0.1"])
            .args(["--port", &port.to_string(), "-n"])
            .arg(folder.path().join("db"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a server");
        let url = format!("http://127.0.0.1:{port}");
        let groonga = Self { server, url, _folder: folder };
        for _ in 0..200 {
            if ureq::get(format!("{}/d/status", groonga.url)).call().is_ok() {
                return Some(groonga);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("Groonga does not answer");
    }

    fn select(&self, arguments: &[(&str, &str)]) -> Value {
        let request = ureq::get(format!("{}/d/select", self.url))
            .query("table", "Announcements")
            .query("command_version", "3")
            .query_pairs(arguments.iter().copied());
        let mut answer = request.call().expect("an answer");
        let text = answer.body_mut().read_to_string().expect("a text");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(answer["header"]["return_code"], 0, "{answer}");
        answer["body"].clone()
    }

    fn hits(&self, columns: &str, query: &str) -> u64 {
        let found = self.select(&[
            ("match_columns", columns),
            ("query", query),
            ("query_expander", "Announcements_Synonyms.words"),
        ]);
        found["n_hits"].as_u64().expect("a count")
    }
}

#[test]
fn documents_stand_once_and_are_found_with_and_without_marks() {
    let Some(groonga) = Groonga::start() else { return };
    let made = records(200);
    for _ in 0..2 {
        let more = ["--batch-size", "50KB"];
        let output = feed(made.path(), "groonga", &groonga.url, &more);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(groonga.select(&[])["n_hits"], 200);
    }
    for (n, title) in HOSTILE.iter().enumerate() {
        let filter = format!("_key == \"{}\"", id(n));
        let found =
            groonga.select(&[("filter", &filter), ("output_columns", "title")]);
        let stored = found["records"][0][0].as_str().expect("a title");
        assert_eq!(stored, title.replace('\0', ""));
    }
    assert_eq!(groonga.hits("title_folded", "duong"), 194);
    assert_eq!(groonga.hits("title", "đường"), 194);
    assert_eq!(groonga.hits("title", "dương"), 0);
    assert_eq!(groonga.hits("symbol_key", "\"77 kh ubnd\""), 1);
    assert_eq!(groonga.hits("issuer_folded", "ubnd"), 200);
    let long = groonga.hits("issuer_folded", "\"uy ban nhan dan\"");
    assert_eq!(long, 200);
    let year = groonga.select(&[("filter", "issued_from >= 20210901")]);
    assert_eq!(year["n_hits"], 200);
}

#[test]
fn files_can_be_loaded_by_its_own_program() {
    if !is_installed() {
        return;
    }
    let made = records(40);
    let args = [
        "feed",
        "groonga",
        "records.ndjson",
        "-o",
        "grn",
        "--batch-size",
        "30KB",
    ];
    let output = run(made.path(), &args);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let loaded = Command::new("sh")
        .env("DB", made.path().join("db"))
        .arg(made.path().join("grn/load.sh"))
        .output()
        .expect("a shell");
    assert!(loaded.status.success());
    assert_eq!(select_all(&made.path().join("db")), json!(40));
}

fn select_all(database: &Path) -> Value {
    let output = Command::new("groonga")
        .arg(database)
        .args(["select", "Announcements", "--limit", "0"])
        .output()
        .expect("Groonga");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    answer[1][0][0][0].clone()
}
