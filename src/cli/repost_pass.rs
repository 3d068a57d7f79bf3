//! Reposts on the way from the record to the output: a print is made where
//! the record is rendered, on any thread; the cluster is found and added
//! where it is written, in the order of the input.

use super::args::Reposted;
use super::exit::{Result, Stop, plain};
use crate::pipeline::Document;
use crate::reposts::{Options, Print, Reposts};
use crate::wire::Format;

/// What is asked about reposts.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Whether records name their cluster.
    mark: bool,
    /// Whether reposts are left out.
    dedupe: bool,
    options: Options,
}

impl Asked {
    /// What is asked, or nothing if nothing is.
    pub(super) fn of(args: &Reposted) -> Result<Option<Self>> {
        if !args.reposts && !args.dedupe {
            return Ok(None);
        }
        if let Some(folder) = &args.temp_dir
            && !folder.is_dir()
        {
            return Err(Stop::Refused(format!(
                "--temp-dir `{}` is no folder; name one that is there",
                folder.display()
            )));
        }
        let mut options =
            Options { folder: args.temp_dir.clone(), ..Options::default() };
        if let Some(mib) = args.repost_memory {
            options.memory = mib.get().saturating_mul(1 << 20);
        }
        Ok(Some(Self { mark: args.reposts, dedupe: args.dedupe, options }))
    }

    /// The print of a document, which stays beside its rendered record.
    pub(super) fn print(document: &Document) -> Print {
        Print::of(&document.text, &document.record)
    }
}

/// The clusters of a run.
pub(super) struct Pass {
    asked: Asked,
    reposts: Reposts,
}

impl Pass {
    pub(super) fn new(asked: &Asked) -> Self {
        let reposts = Reposts::new(asked.options.clone());
        Self { asked: asked.clone(), reposts }
    }

    /// Adds the cluster to a rendered record; says whether to write it.
    pub(super) fn settle(
        &mut self,
        print: &Print,
        format: Format,
        rendered: &mut Vec<u8>,
    ) -> Result<bool> {
        let repost = self.reposts.take(print).map_err(stop)?;
        if self.asked.dedupe && repost.similarity.is_some() {
            return Ok(false);
        }
        if self.asked.mark {
            format.add_repost(rendered, &repost);
        }
        Ok(true)
    }

    /// What was found, in a sentence.
    pub(super) fn summary(&self) -> String {
        let (all, reposts) = (self.reposts.documents(), self.reposts.reposts());
        let what = match reposts {
            1 => "1 is a repost".to_owned(),
            n => format!("{n} are reposts"),
        };
        let end = if self.asked.dedupe { " and left out" } else { "" };
        format!("of {all} records {what}{end}")
    }

    /// Whether records are left out, so that it must be said.
    pub(super) fn leaves_out(&self) -> bool {
        self.asked.dedupe
    }
}

fn stop(error: crate::Error) -> Stop {
    match error {
        crate::Error::Write { path, cause } => Stop::Refused(format!(
            "cannot keep the reposts in `{}`: {}; name another folder with --temp-dir, or keep more in memory with --repost-memory",
            path.display(),
            plain(&cause)
        )),
        other => other.into(),
    }
}
