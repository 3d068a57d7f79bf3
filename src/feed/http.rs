//! Requests to the systems that speak HTTP: one synchronous client for all.
//!
//! The official clients of these systems, where there are any for Rust, are
//! asynchronous and each brings its own stack; what is needed of them here is
//! a handful of requests, which plain HTTP says just as well.

use super::batch::Item;
use super::dialect::Dialect;
use super::send::{Failure, Taker, Verdict};
use super::{System, Target};
use crate::Result;
use crate::error::Error;
use std::fmt;
use std::time::Duration;
use ureq::http::{HeaderMap, Method, Request, Uri};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Proxy};

/// Longest answer that is read.
const LONGEST_ANSWER: u64 = 256 << 20;

/// What a server asks for before it takes anything. It is never printed.
#[derive(Clone, Default)]
pub struct Credentials {
    /// User, with a password.
    pub user: Option<String>,
    /// Password of the user.
    pub password: Option<String>,
    /// Key of an API.
    pub api_key: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

impl Credentials {
    /// Whether there is something to keep secret.
    pub fn any(&self) -> bool {
        self.password.is_some() || self.api_key.is_some()
    }

    /// A text without what is secret, should a server have repeated it.
    pub(super) fn redact(&self, text: &str) -> String {
        let mut out = text.to_owned();
        let basic = self.basic();
        let secrets = [&self.password, &self.api_key, &basic];
        for secret in secrets.into_iter().flatten() {
            if !secret.is_empty() {
                out = out.replace(secret.as_str(), "***");
            }
        }
        out
    }

    fn basic(&self) -> Option<String> {
        let user = self.user.as_deref()?;
        let password = self.password.as_deref().unwrap_or_default();
        Some(base64(format!("{user}:{password}").as_bytes()))
    }

    /// The header that says who asks.
    fn header(&self, system: System) -> Option<(&'static str, String)> {
        if let Some(key) = &self.api_key {
            return Some(match system {
                System::Typesense => ("x-typesense-api-key", key.clone()),
                System::Elasticsearch | System::Opensearch => {
                    ("authorization", format!("ApiKey {key}"))
                }
                _ => ("authorization", format!("Bearer {key}")),
            });
        }
        Some(("authorization", format!("Basic {}", self.basic()?)))
    }
}

/// Base 64 as in a header of basic authentication.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |bits: u32| char::from(DIGITS[(bits & 63) as usize]);
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let at = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            match i <= three.len() {
                true => out.push(digit(bits >> (18 - 6 * i))),
                false => out.push('='),
            }
        }
    }
    out
}

/// Whose certificates are believed; there is no way to believe all.
#[derive(Debug, Clone, Default)]
pub enum Trust {
    /// The authorities that Mozilla lists.
    #[default]
    Web,
    /// The certificates of this PEM file alone.
    Pem(Vec<u8>),
}

impl Trust {
    /// Certificates of the PEM file, as DER.
    pub(super) fn certificates(pem: &[u8]) -> Result<Vec<Vec<u8>>> {
        let found: Vec<Vec<u8>> = parse_pem(pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(c)) => Some(c.der().to_vec()),
                _ => None,
            })
            .collect();
        match found.is_empty() {
            false => Ok(found),
            true => Err(Error::Usage(
                "the file of --ca holds no certificate; give certificates in PEM form (-----BEGIN CERTIFICATE-----)".into(),
            )),
        }
    }

    fn roots(&self) -> Result<RootCerts> {
        Ok(match self {
            Self::Web => RootCerts::WebPki,
            Self::Pem(pem) => {
                let all = Self::certificates(pem)?;
                let all = all.iter().map(|der| Certificate::from_der(der));
                all.map(|c| c.to_owned()).collect::<Vec<_>>().into()
            }
        })
    }
}

/// A client of one server.
pub(super) struct Http {
    agent: Agent,
    base: String,
    header: Option<(&'static str, String)>,
    credentials: Credentials,
    pub(super) patience: Duration,
}

/// What a server answered.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The answer as JSON; null if it is none.
    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The beginning of the answer, for a message.
    pub(super) fn words(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let text: String = text.trim().chars().take(300).collect();
        match text.is_empty() {
            true => format!("HTTP {}", self.status),
            false => format!("HTTP {}: {text}", self.status),
        }
    }
}

impl Http {
    pub(super) fn new(system: System, target: &Target) -> Result<Self> {
        let base = base(&target.url)?;
        let proxy = match &target.proxy {
            Some(proxy) => Some(Proxy::new(proxy).map_err(|_| {
                Error::Usage("the proxy of the environment is no address; give it as http://HOST:PORT".into())
            })?),
            None => None,
        };
        let tls = TlsConfig::builder().root_certs(target.trust.roots()?);
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            // Credentials are for the server that was named, no other.
            .max_redirects(0)
            .proxy(proxy)
            .user_agent(concat!("vanban/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(target.timeout.min(CONNECT)))
            .timeout_global(Some(target.timeout))
            .tls_config(tls.build())
            .build();
        Ok(Self {
            agent: agent.into(),
            base,
            header: target.credentials.header(system),
            credentials: target.credentials.clone(),
            patience: target.patience,
        })
    }

    /// Sends a request. What can only pass or be a mistake of the whole run
    /// is a failure here; all other answers are for the caller.
    pub(super) fn call(
        &self,
        method: Method,
        path: &str,
        media: &str,
        body: &[u8],
    ) -> std::result::Result<Reply, Failure> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base));
        if !media.is_empty() {
            request = request.header("content-type", media);
        }
        if let Some((name, value)) = &self.header {
            request = request.header(*name, value);
        }
        let request = request.body(body).map_err(|_| {
            Failure::Never(
                "the address or the credentials hold characters that HTTP does not allow".into(),
            )
        })?;
        let mut answer =
            self.agent.run(request).map_err(|e| self.failed(&e))?;
        let status = answer.status().as_u16();
        let wait = retry_after(answer.headers());
        let moved = answer.headers().get("location").is_some();
        let body = answer
            .body_mut()
            .with_config()
            .limit(LONGEST_ANSWER)
            .read_to_vec()
            .map_err(|error| self.failed(&error))?;
        let reply = Reply { status, body };
        self.judge(reply, wait, moved)
    }

    fn judge(
        &self,
        reply: Reply,
        wait: Option<Duration>,
        moved: bool,
    ) -> std::result::Result<Reply, Failure> {
        let words = || self.credentials.redact(&reply.words());
        Err(match reply.status {
            408 | 425 | 429 | 500 | 502 | 503 | 504 => {
                Failure::Later { reason: words(), wait }
            }
            413 => Failure::Halve(words()),
            401 | 403 | 407 => Failure::Never(format!(
                "the server does not let this user in ({}); set VANBAN_FEED_API_KEY, or VANBAN_FEED_USER and VANBAN_FEED_PASSWORD",
                words()
            )),
            300..=399 if moved => Failure::Never(
                "the server sends to another address; give that one with --url, credentials are not handed on".into(),
            ),
            _ => return Ok(reply),
        })
    }

    /// A reason for people, without what is secret.
    pub(super) fn redact(&self, text: &str) -> String {
        self.credentials.redact(text)
    }

    fn failed(&self, error: &ureq::Error) -> Failure {
        use ureq::Error::{BadUri, Io, Pem, Rustls, Tls};
        let reason = self.redact(&error.to_string());
        let untrusted = matches!(error, Tls(_) | Rustls(_) | Pem(_))
            || matches!(error, Io(e) if e.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()));
        if untrusted {
            return Failure::Never(format!(
                "the server cannot be trusted ({reason}); if its certificate is your own, give the authority's with --ca FILE"
            ));
        }
        if matches!(error, BadUri(_)) {
            return Failure::Never(format!("no good address: {reason}"));
        }
        Failure::Later { reason, wait: None }
    }
}

/// Longest time for opening a connection.
const CONNECT: Duration = Duration::from_secs(20);

/// The address without a slash at its end. One that holds a password is
/// refused: it would stand in the list of processes and in histories.
fn base(url: &str) -> Result<String> {
    let refused = |reason: &str| Err(Error::Usage(reason.to_owned()));
    let authority = url.split("://").nth(1).unwrap_or(url);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or("");
    if authority.contains('@') {
        return refused(
            "--url holds a user or a password, which everybody on this machine could read; set VANBAN_FEED_USER and VANBAN_FEED_PASSWORD instead",
        );
    }
    let good = url.parse::<Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.query().is_none()
    });
    if !good || url.contains('#') {
        return refused(
            "--url is no address of a server; give it as https://HOST:PORT",
        );
    }
    Ok(url.trim_end_matches('/').to_owned())
}

/// How long the server asks to wait: seconds, or a day and time.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get("retry-after")?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    let wait = then.duration_since(jiff::Timestamp::now());
    wait.try_into().ok()
}

/// A system that speaks HTTP.
pub(super) trait Engine: Dialect {
    /// Makes the index, if it is not there.
    fn prepare(&self, http: &Http) -> std::result::Result<(), Failure>;

    /// Sends documents; one verdict each, in their order.
    fn send(
        &self,
        http: &Http,
        body: &[u8],
        items: &[Item],
    ) -> std::result::Result<Vec<Verdict>, Failure>;
}

/// A server of such a system.
pub(super) struct Server<E> {
    pub(super) http: Http,
    pub(super) engine: E,
}

impl<E: Engine> Taker for Server<E> {
    fn prepare(&mut self) -> std::result::Result<(), Failure> {
        self.engine.prepare(&self.http)
    }

    fn send(
        &mut self,
        items: &[Item],
    ) -> std::result::Result<Vec<Verdict>, Failure> {
        let body = self.engine.frame().body(items);
        let mut verdicts = self.engine.send(&self.http, &body, items)?;
        for verdict in &mut verdicts {
            if let Verdict::Later(reason) | Verdict::Refused(reason) = verdict {
                *reason = self.http.redact(reason);
            }
        }
        Ok(verdicts)
    }
}

/// The failure of an answer that is refused as a whole.
pub(super) fn unexpected(http: &Http, what: &str, reply: &Reply) -> Failure {
    let words = http.redact(&reply.words());
    Failure::Never(format!("the server refused {what}: {words}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_that_of_the_standard() {
        // RFC 4648, section 10, and the example of RFC 7617.
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("Aladdin:open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn an_address_with_a_password_is_refused_without_repeating_it() {
        for url in [
            "https://elastic:hunter2@localhost:9200",
            "http://hunter2@localhost",
            "elastic:hunter2@localhost:9200",
        ] {
            let error = base(url).expect_err("refused").to_string();
            assert!(error.contains("VANBAN_FEED_PASSWORD"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
        for url in ["localhost:9200", "ftp://localhost", "http://", "a b", ""] {
            assert!(base(url).is_err(), "{url}");
        }
        let url = base("http://localhost:9200/es/").expect("good");
        assert_eq!(url, "http://localhost:9200/es");
    }

    #[test]
    fn secrets_are_taken_out_of_what_servers_say() {
        let credentials = Credentials {
            user: Some("elastic".into()),
            password: Some("hunter2".into()),
            api_key: Some("k-e-y".into()),
        };
        let said = "no k-e-y, no hunter2, no ZWxhc3RpYzpodW50ZXIy";
        assert_eq!(credentials.redact(said), "no ***, no ***, no ***");
        assert_eq!(format!("{credentials:?}"), "Credentials(…)");
    }

    #[test]
    fn a_wait_is_seconds_or_a_moment() {
        let wait = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", value.parse().expect("a header"));
            retry_after(&headers)
        };
        assert_eq!(wait("7"), Some(Duration::from_secs(7)));
        assert_eq!(wait("soon"), None);
        // A moment that is over asks for no wait.
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT"), None);
        let far = wait("Fri, 01 Jan 2100 00:00:00 GMT").expect("a wait");
        assert!(far > Duration::from_secs(1 << 30));
    }
}
