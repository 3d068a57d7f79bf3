//! Text in, normalized text out.

use crate::cli::args::{Normalize, OneDocument, Reading};
use crate::cli::exit::{Exit, Result};
use crate::cli::{input, one};
use crate::text::{OffsetMap, Text};
use std::io::{self, BufWriter, Write, stdout};

pub(in crate::cli) fn run(args: &Normalize) -> Result<Exit> {
    let mut reading =
        Reading { encoding: args.encoding.clone(), ..Reading::default() };
    if input::is_stdin(&args.file) {
        // What is piped in is taken as it is, whatever it looks like.
        reading.input_format = Some("txt".to_owned());
    }
    let asked = OneDocument { file: args.file.clone(), reading };
    let text = Text::new(one::read(&asked)?.text);
    let mut out = BufWriter::new(stdout().lock());
    if args.map {
        map(&mut out, text.map())?;
    } else {
        out.write_all(text.norm().as_bytes())?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// The runs of the map, one a line.
fn map(out: &mut impl Write, map: &OffsetMap) -> io::Result<()> {
    writeln!(out, "raw_start\traw_end\tnorm_start\tnorm_end\tkind")?;
    for run in map.runs() {
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}",
            run.raw,
            run.raw + run.raw_len,
            run.norm,
            run.norm + run.norm_len,
            if run.equal { "equal" } else { "replaced" },
        )?;
    }
    Ok(())
}
