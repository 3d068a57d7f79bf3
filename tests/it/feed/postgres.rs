//! PostgreSQL for real: a server of our own, with its own data, on a socket
//! that nobody else sees.

use super::{HOSTILE, feed, id, left_out, records};
use crate::program::{code, run, stderr};
use postgres::{Client, NoTls};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A server, stopped when it is dropped.
pub(crate) struct Cluster {
    programs: PathBuf,
    folder: TempDir,
}

/// Where Debian and others keep the server's programs.
fn programs() -> Option<PathBuf> {
    let debian = Path::new("/usr/lib/postgresql");
    let versions = fs::read_dir(debian).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        versions.map(|version| version.path().join("bin")).collect();
    found.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.extend(std::env::split_paths(&path));
    found.into_iter().rev().find(|folder| folder.join("initdb").is_file())
}

impl Cluster {
    /// Starts a server; says so aloud if there is none on this machine.
    pub(crate) fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            left_out("PostgreSQL is not installed");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        if is_root() {
            // The server refuses to run as root.
            let path = folder.path();
            let owned =
                Command::new("chown").arg("postgres").arg(path).status();
            if !owned.is_ok_and(|status| status.success()) {
                left_out("there is no user postgres");
                return None;
            }
        }
        let cluster = Self { programs, folder };
        let data = cluster.data();
        cluster.command(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ],
        );
        cluster.up();
        Some(cluster)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn command(&self, name: &str, args: &[&str]) {
        let program = self.programs.join(name);
        let mut command = match is_root() {
            true => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid=postgres", "--regid=postgres"]);
                command.args(["--clear-groups", "--"]).arg(program);
                command
            }
            false => Command::new(program),
        };
        command.current_dir(self.folder.path()).args(args);
        let log = self.folder.path().join("out.log");
        let log = fs::File::create(log).expect("a log");
        let errors = log.try_clone().expect("a log");
        let status = command.stdout(log).stderr(errors).status();
        let log = fs::read_to_string(self.folder.path().join("out.log"));
        assert!(
            status.is_ok_and(|status| status.success()),
            "{name}: {}",
            log.unwrap_or_default()
        );
    }

    fn up(&self) {
        let socket = self.folder.path().display();
        let options = format!(
            "-k {socket} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c max_wal_size=4GB"
        );
        self.command(
            "pg_ctl",
            &[
                "-D",
                &self.data(),
                "-w",
                "-o",
                &options,
                "-l",
                "server.log",
                "start",
            ],
        );
    }

    fn stop(&self) {
        let data = self.data();
        self.command("pg_ctl", &["-D", &data, "-w", "-m", "immediate", "stop"]);
    }

    pub(crate) fn url(&self) -> String {
        let folder = self.folder.path().display();
        format!("postgresql:///postgres?host={folder}&user=postgres")
    }

    fn client(&self) -> Client {
        Client::connect(&self.url(), NoTls).expect("a connection")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout == b"0\n")
}

fn count(client: &mut Client) -> (i64, i64) {
    let sql = "SELECT count(*), count(DISTINCT id) FROM announcements";
    let row = client.query_one(sql, &[]).expect("a count");
    (row.get(0), row.get(1))
}

/// Ids that a search finds, the best first.
fn search(client: &mut Client, query: &str) -> Vec<String> {
    let sql = "SELECT id FROM announcements_search($1, 1000)";
    let rows = client.query(sql, &[&query]).expect("an answer");
    rows.iter().map(|row| row.get(0)).collect()
}

#[test]
fn documents_stand_once_and_are_found_with_and_without_marks() {
    let Some(cluster) = Cluster::start() else { return };
    let made = records(300);
    let go = || {
        let more = ["--batch-size", "50KB"];
        let output = feed(made.path(), "postgres", &cluster.url(), &more);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
    };
    go();
    let mut client = cluster.client();
    assert_eq!(count(&mut client), (300, 300));
    let versions = |client: &mut Client| -> String {
        let sql =
            "SELECT string_agg(ctid::text, ' ' ORDER BY id) FROM announcements";
        client.query_one(sql, &[]).expect("an answer").get(0)
    };
    let before = versions(&mut client);
    go();
    assert_eq!(count(&mut client), (300, 300));
    // What has not changed is not even written again.
    assert_eq!(versions(&mut client), before);

    hostile_values_are_values(&mut client);
    marks_count_where_they_are_typed(&mut client, made.path(), &cluster);
    numbers_and_abbreviations(&mut client);
    plans_use_the_indexes(&mut client);
    files_give_the_same_table(&cluster, made.path());
}

fn hostile_values_are_values(client: &mut Client) {
    for (n, title) in HOSTILE.iter().enumerate() {
        let sql = "SELECT title FROM announcements WHERE id = $1";
        let row = client.query_one(sql, &[&id(n)]).expect("a row");
        let stored: String = row.get(0);
        assert_eq!(stored, title.replace('\0', ""));
    }
    for query in HOSTILE {
        search(client, &query.replace('\0', ""));
    }
    assert_eq!(count(client), (300, 300));
}

fn marks_count_where_they_are_typed(
    client: &mut Client,
    folder: &Path,
    cluster: &Cluster,
) {
    // “đường” and “dương” are two words that are one without marks.
    let text = fs::read_to_string(folder.join("records.ndjson"));
    let text = text.expect("records");
    let line = text.lines().nth(30).expect("a record");
    let other = line
        .replace(&id(30), "other")
        .replace("Đường số 30 của", "DƯƠNG số 30 của")
        .replace("\"30/KH-UBND\"", "\"999/KH-UBND\"");
    fs::write(folder.join("other.ndjson"), other).expect("written");
    let url = cluster.url();
    let args = ["feed", "postgres", "other.ndjson", "--url", &url];
    let output = run(folder, &args);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let place = |client: &mut Client, query: &str, id: &str| {
        search(client, query).iter().position(|found| found == id)
    };
    let first = |client: &mut Client, query: &str| {
        let other = place(client, query, "other").expect("found");
        let thirty = place(client, query, "r00030").expect("found");
        other < thirty
    };
    assert!(!first(client, "đường số 30 tỉnh"));
    assert!(first(client, "dương số 30 tỉnh"));
    assert!(first(client, "DƯƠNG SỐ 30"));
    // In pieces, as some keyboards write: d, u with horn, o with horn.
    assert!(first(client, "du\u{31b}o\u{31b}ng số 30"));
    assert!(place(client, "duong so 30 vinh phuc", "r00030").is_some());
    assert!(place(client, "duong so 30 vinh phuc", "other").is_some());
    client
        .execute("DELETE FROM announcements WHERE id = 'other'", &[])
        .expect("deleted");
}

fn numbers_and_abbreviations(client: &mut Client) {
    for query in [
        "77/KH-UBND",
        "77 KH UBND",
        "77/kh-ubnd",
        "số 77/KH-UBND",
        "077/KH–UBND",
    ] {
        assert_eq!(search(client, query)[0], "r00077", "{query}");
    }
    // The records say `UBND tỉnh Hà Nam`.
    let long = search(client, "ủy ban nhân dân tỉnh Hà Nam");
    assert_eq!(long.len(), 300);
    assert_eq!(search(client, "uy ban nhan dan ha nam").len(), 300);
    assert!(search(client, "ủy ban nhân dân tỉnh Cà Mau").is_empty());
}

fn plans_use_the_indexes(client: &mut Client) {
    client.batch_execute("SET enable_seqscan = off").expect("set");
    for (condition, index) in [
        (
            "folded @@ websearch_to_tsquery('public.vanban_folded', 'duong')",
            "announcements_folded",
        ),
        (
            "exact @@ websearch_to_tsquery('public.vanban_exact', 'đường')",
            "announcements_exact",
        ),
        ("names_folded LIKE '%vinh phuc%'", "announcements_trigrams"),
        ("symbol_key = '77 kh ubnd'", "announcements_symbol_key"),
        ("themes && ARRAY['x']", "announcements_themes"),
    ] {
        let sql =
            format!("EXPLAIN SELECT id FROM announcements WHERE {condition}");
        let rows = client.query(&sql, &[]).expect("a plan");
        let plan: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        let plan = plan.join("\n");
        assert!(plan.contains(index), "{condition}\n{plan}");
    }
    client.batch_execute("RESET enable_seqscan").expect("reset");
}

/// `psql` with the files gives what sending gives.
fn files_give_the_same_table(cluster: &Cluster, folder: &Path) {
    let digest = |client: &mut Client| -> String {
        let sql = "SELECT md5(string_agg(a::text, '' ORDER BY id)) FROM announcements AS a";
        client.query_one(sql, &[]).expect("a digest").get(0)
    };
    let mut client = cluster.client();
    let sent = digest(&mut client);
    client.batch_execute("DROP TABLE announcements").expect("dropped");
    let args = [
        "feed",
        "postgres",
        "records.ndjson",
        "-o",
        "sql",
        "--batch-size",
        "50KB",
    ];
    let output = run(folder, &args);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(folder.join("sql/data-00003.sql").is_file());
    let path = std::env::var("PATH").unwrap_or_default();
    // Twice, as a load that was cut off is done again.
    for _ in 0..2 {
        let loaded = Command::new("sh")
            .env("PATH", format!("{}:{path}", cluster.programs.display()))
            .env("URL", cluster.url())
            .arg(folder.join("sql/load.sh"))
            .output()
            .expect("a shell");
        assert!(loaded.status.success(), "{}", stderr(&loaded));
    }
    assert_eq!(digest(&mut client), sent);
}

#[test]
fn cut_connections_and_a_restart_lose_and_double_nothing() {
    let Some(cluster) = Cluster::start() else { return };
    let made = records(3_000);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let feeding = scope.spawn(|| {
            let more = [
                "--batch-size",
                "60KB",
                "--retry-wait",
                "0.05",
                "--retries",
                "40",
            ];
            feed(made.path(), "postgres", &cluster.url(), &more)
        });
        let mut cuts = 0;
        let mut before = 0;
        while !feeding.is_finished() {
            std::thread::sleep(Duration::from_millis(5));
            assert!(begun.elapsed() < Duration::from_secs(300), "too slow");
            let Ok(mut client) = Client::connect(&cluster.url(), NoTls) else {
                continue;
            };
            // Only after some progress, or nothing would ever be done.
            let there = "SELECT count(*) FROM announcements";
            let there: i64 = match client.query_one(there, &[]) {
                Ok(row) => row.get(0),
                Err(_) => continue,
            };
            if there < before + 300 {
                continue;
            }
            before = there;
            let sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'vanban feed'";
            let cut = client.query_one(sql, &[]).expect("an answer");
            cuts += cut.get::<_, i64>(0);
            if cuts == 3 {
                drop(client);
                cluster.stop();
                cluster.up();
                cuts += 1;
            }
        }
        let output = feeding.join().expect("fed");
        let said = stderr(&output);
        assert_eq!(code(&output), 0, "{said}");
        assert!(cuts > 3, "{cuts} cuts");
        assert!(said.contains("once more in"), "{said}");
    });
    let mut client = cluster.client();
    assert_eq!(count(&mut client), (3_000, 3_000));
}
