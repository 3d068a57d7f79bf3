//! The program: arguments to a plan, a plan to work, work to an exit code.
//!
//! [`args`](self) says what can be asked (clap), `plan` turns it into what
//! will be done or into a plain refusal, `commands` do it. Only this room
//! prints, exits, or looks at the environment.

mod args;
mod commands;
mod entries;
mod evidence;
mod examples;
mod exit;
mod fields;
mod input;
mod layout;
mod one;
mod output;
mod plan;
mod progress;
mod screen;

use clap::Parser;
use exit::Stop;
use std::io::Write;
use std::process::ExitCode;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    silence_caught_panics();
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are asked for, everything else is refused.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match commands::run(args.command) {
        Ok(exit) => exit.into(),
        Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Err(Stop::Refused(message)) => {
            say(&message);
            ExitCode::from(2)
        }
        Err(Stop::RefusedInLines(message)) => {
            message.lines().enumerate().for_each(|(i, line)| match i {
                0 => say(line),
                _ => say_more(line),
            });
            ExitCode::from(2)
        }
    }
}

/// Says something to the person, on the error stream. Nobody can be told if
/// that stream is closed.
fn say(message: &str) {
    let message = screen::harmless(message);
    let _ = writeln!(std::io::stderr().lock(), "vanban: {message}");
}

/// A further line of what was said.
fn say_more(line: &str) {
    let line = screen::harmless(line);
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// A panic that is caught and reported as a failed document needs no second
/// report.
fn silence_caught_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !crate::pipeline::guarded() {
            usual(panic);
        }
    }));
}
