//! Running the program on folders made for a test.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// The program, deaf to the environment of whoever runs the tests.
pub fn vanban() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vanban"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// Runs the program in `folder`.
pub fn run(folder: &Path, args: &[&str]) -> Output {
    vanban().current_dir(folder).args(args).output().expect("it runs")
}

pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}

/// A short news text, different for every `n`.
pub fn news(n: usize) -> String {
    format!(
        "Hà Nam phát động phong trào thi đua số {n}\n\n\
         Ngày {day}/9/2021, UBND tỉnh Hà Nam ban hành Kế hoạch số {n}/KH-UBND \
         về phong trào thi đua “Hà Nam chung sức {n}”, gồm các nội dung sau:\n\
         1. Thi đua lao động sản xuất.\n\
         2. Thi đua giúp đỡ {n} hộ nghèo.\n",
        day = n % 28 + 1
    )
}

/// A folder with the given files.
pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        let parent = path.parent().expect("a parent");
        fs::create_dir_all(parent).expect("folders");
        fs::write(path, bytes).expect("written");
    }
    folder
}

/// A folder with many news texts of very different lengths.
pub fn many(count: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..count {
        let mut text = news(n);
        if n % 23 == 0 {
            text = text.repeat(40);
        }
        let path = folder.path().join(format!("tin-{n:04}.txt"));
        fs::write(path, text).expect("written");
    }
    folder
}
