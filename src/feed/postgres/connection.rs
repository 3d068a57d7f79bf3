//! A connection that comes back: batches in transactions, made again after a
//! cut.

use super::schema;
use crate::Result;
use crate::error::Error;
use crate::feed::Target;
use crate::feed::batch::Item;
use crate::feed::http::{Credentials, Trust};
use crate::feed::send::{Failure, Taker, Verdict};
use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::{Client, Config};
use std::io::Write;
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// A connection to a server, or what is needed for one.
pub(in crate::feed) struct Connection {
    config: Config,
    tls: MakeRustlsConnect,
    credentials: Credentials,
    index: String,
    client: Option<Client>,
}

impl Connection {
    /// Checks what was asked; nothing is sent yet.
    pub(in crate::feed) fn new(index: &str, target: &Target) -> Result<Self> {
        Ok(Self {
            config: config(target)?,
            tls: tls(&target.trust)?,
            credentials: target.credentials.clone(),
            index: index.to_owned(),
            client: None,
        })
    }

    fn client(&mut self) -> std::result::Result<&mut Client, Failure> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.client = None;
            let made = self.config.connect(self.tls.clone());
            let mut client = made.map_err(|e| self.failed(&e, true))?;
            client
                .batch_execute(SESSION)
                .map_err(|e| self.failed(&e, false))?;
            self.client = Some(client);
        }
        match &mut self.client {
            Some(client) => Ok(client),
            None => Err(Failure::Later {
                reason: "there is no connection".into(),
                wait: None,
            }),
        }
    }

    /// What an error means for the run.
    fn failed(&self, error: &postgres::Error, connecting: bool) -> Failure {
        let reason = self.credentials.redact(&words(error));
        let Some(code) = error.code() else {
            let text = reason.to_lowercase();
            if text.contains("certificate") {
                return Failure::Never(format!(
                    "the server cannot be trusted ({reason}); if its certificate is your own, give the authority's with --ca FILE"
                ));
            }
            if connecting && text.contains("does not support tls") {
                return Failure::Never(
                    "the server has no TLS; if the network is trusted, add ?sslmode=disable to --url".into(),
                );
            }
            if connecting
                && (text.contains("password missing")
                    || text.contains("configuration"))
            {
                return Failure::Never(format!("{reason}; set PGPASSWORD"));
            }
            return Failure::Later { reason, wait: None };
        };
        let class = code.code().get(..2).unwrap_or_default();
        let passing = [
            &SqlState::ADMIN_SHUTDOWN,
            &SqlState::CRASH_SHUTDOWN,
            &SqlState::CANNOT_CONNECT_NOW,
            &SqlState::T_R_SERIALIZATION_FAILURE,
            &SqlState::T_R_DEADLOCK_DETECTED,
            &SqlState::LOCK_NOT_AVAILABLE,
        ];
        if class == "08" || class == "53" || passing.contains(&code) {
            return Failure::Later { reason, wait: None };
        }
        // A value that the table cannot hold, or is too much of.
        if matches!(class, "22" | "23" | "54") {
            return Failure::Halve(reason);
        }
        Failure::Never(match class {
            "28" => format!(
                "the server does not let this user in ({reason}); give user and database in --url and set PGPASSWORD"
            ),
            "3D" => format!("{reason}; make it with `createdb`"),
            "42" if code == &SqlState::INSUFFICIENT_PRIVILEGE => format!(
                "{reason}; let the owner of the database run schema.sql (--output DIR writes it)"
            ),
            _ => format!("the server refused the documents: {reason}"),
        })
    }
}

/// What is acknowledged must be there after a crash of the server, whatever it
/// is set to; and nothing waits for a lock for ever.
const SESSION: &str = "SET synchronous_commit = on; SET client_encoding = 'UTF8'; SET datestyle = 'ISO'; SET lock_timeout = '60s'; SET client_min_messages = error;";

impl Taker for Connection {
    fn prepare(&mut self) -> std::result::Result<(), Failure> {
        let schema = schema::schema(&self.index);
        let done = self.client()?.batch_execute(&schema);
        done.map_err(|error| {
            let failure = self.failed(&error, false);
            self.client = None;
            failure
        })
    }

    fn send(
        &mut self,
        items: &[Item],
    ) -> std::result::Result<Vec<Verdict>, Failure> {
        let upsert = schema::upsert(&self.index);
        let done = batch(self.client()?, items, &upsert);
        done.map_err(|error| {
            let failure = match error.downcast::<postgres::Error>() {
                Ok(error) => self.failed(&error, false),
                Err(error) => Failure::Later {
                    reason: self.credentials.redact(&error.to_string()),
                    wait: None,
                },
            };
            if !matches!(failure, Failure::Halve(_)) {
                self.client = None;
            }
            failure
        })?;
        Ok(vec![Verdict::Taken; items.len()])
    }
}

/// One batch, all or nothing. Where the answer to the commit is lost, the
/// batch is sent again and changes nothing.
fn batch(
    client: &mut Client,
    items: &[Item],
    upsert: &str,
) -> std::result::Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut transaction = client.transaction()?;
    transaction.batch_execute(&schema::incoming())?;
    let mut copy = transaction.copy_in(&schema::copy())?;
    for item in items {
        copy.write_all(&item.bytes).map_err(inner)?;
    }
    copy.finish()?;
    transaction.batch_execute(upsert)?;
    Ok(transaction.commit()?)
}

/// The error of PostgreSQL in that of the writer.
fn inner(error: std::io::Error) -> Box<dyn std::error::Error + Send + Sync> {
    let text = error.to_string();
    error.into_inner().unwrap_or_else(|| text.into())
}

/// What the server said, with its detail, or what went wrong on the way.
fn words(error: &postgres::Error) -> String {
    use std::error::Error as _;
    if let Some(said) = error.as_db_error() {
        let detail = said.detail().map(|d| format!("; {d}"));
        let code = said.code().code();
        return format!(
            "{} ({code}){}",
            said.message(),
            detail.unwrap_or_default()
        );
    }
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// The address as asked. A password in it is refused, as everybody on the
/// machine could read it; the one of the environment is added.
fn config(target: &Target) -> Result<Config> {
    let mut config: Config = target.url.parse().map_err(|_| {
        Error::Usage("--url is no address of a database; give it as postgresql://USER@HOST:5432/DATABASE".into())
    })?;
    if config.get_password().is_some() {
        return Err(Error::Usage(
            "--url holds a password, which everybody on this machine could read; set PGPASSWORD instead".into(),
        ));
    }
    if let Some(user) = &target.credentials.user
        && config.get_user().is_none()
    {
        config.user(user);
    }
    if let Some(password) = &target.credentials.password {
        config.password(password);
    }
    if config.get_hosts().is_empty() {
        config.host("localhost");
    }
    // By itself PostgreSQL would go on without TLS where there is none.
    if config.get_ssl_mode() == SslMode::Prefer && !is_local(&config) {
        config.ssl_mode(SslMode::Require);
    }
    config.application_name("vanban feed");
    config.connect_timeout(target.timeout);
    config.tcp_user_timeout(target.timeout);
    Ok(config)
}

/// Whether all hosts are this machine.
fn is_local(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|ip| ip.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

fn tls(trust: &Trust) -> Result<MakeRustlsConnect> {
    let mut roots = rustls::RootCertStore::empty();
    match trust {
        Trust::Web => {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        Trust::Pem(pem) => {
            for der in Trust::certificates(pem)? {
                roots.add(der.into()).map_err(|error| {
                    Error::Usage(format!(
                        "a certificate of --ca cannot be used: {error}"
                    ))
                })?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Usage(format!("no TLS: {error}")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn target(url: &str) -> Target {
        Target {
            url: url.into(),
            credentials: Credentials::default(),
            trust: Trust::Web,
            timeout: Duration::from_secs(1),
            patience: Duration::from_secs(1),
            proxy: None,
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_without_repeating_it() {
        for url in [
            "postgresql://u:hunter2@localhost/db",
            "host=localhost password=hunter2",
            "postgresql:///db?password=hunter2",
        ] {
            let error = config(&target(url)).expect_err("refused").to_string();
            assert!(error.contains("PGPASSWORD"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
        assert!(config(&target("not an address")).is_err());
    }

    #[test]
    fn far_servers_need_tls() {
        let mode = |url| config(&target(url)).expect("good").get_ssl_mode();
        assert_eq!(mode("postgresql://u@db.example/x"), SslMode::Require);
        assert_eq!(mode("postgresql://u@127.0.0.1/x"), SslMode::Prefer);
        assert_eq!(mode("postgresql://u@localhost/x"), SslMode::Prefer);
        assert_eq!(mode("postgresql:///x?host=/run/pg"), SslMode::Prefer);
        let asked = "postgresql://u@db.example/x?sslmode=disable";
        assert_eq!(mode(asked), SslMode::Disable);
    }
}
