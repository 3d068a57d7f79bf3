//! A small HTTP server for tests: what comes in is handed to a function, what
//! it says goes out, or the connection is cut.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request.
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    /// The lines of the body, each JSON; the last has its end.
    pub fn lines(&self) -> Vec<Value> {
        let text = std::str::from_utf8(&self.body).expect("UTF-8");
        assert!(text.ends_with('\n'), "the last line has no end");
        let line = |line: &str| serde_json::from_str(line).expect("JSON");
        text.split_terminator('\n').map(line).collect()
    }
}

/// An answer.
pub enum Reply {
    Json(u16, Value),
    Text(u16, String),
    /// With one more header.
    With(u16, &'static str, &'static str),
    /// After a while.
    Slow(Duration),
    /// None: the connection is closed.
    Cut,
}

type Handler = Box<dyn FnMut(&Request) -> Reply + Send>;

pub struct Server {
    pub url: String,
    port: u16,
    over: Arc<AtomicBool>,
}

impl Server {
    pub fn start(
        handler: impl FnMut(&Request) -> Reply + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let over = Arc::new(AtomicBool::new(false));
        let handler: Arc<Mutex<Handler>> =
            Arc::new(Mutex::new(Box::new(handler)));
        let ends = over.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::Relaxed) {
                    return;
                }
                let handler = handler.clone();
                if let Ok(stream) = stream {
                    std::thread::spawn(move || serve(stream, &handler));
                }
            }
        });
        Self { url: format!("http://127.0.0.1:{port}"), port, over }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn serve(stream: TcpStream, handler: &Mutex<Handler>) {
    let mut out = stream.try_clone().expect("a second handle");
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        let reply = {
            // A handler that has failed fails the test by no answer.
            let Ok(mut handler) = handler.lock() else { return };
            handler(&request)
        };
        let (status, header, body) = match reply {
            Reply::Json(status, json) => {
                (status, String::new(), json.to_string())
            }
            Reply::Text(status, text) => (status, String::new(), text),
            Reply::With(status, name, value) => {
                (status, format!("{name}: {value}\r\n"), String::new())
            }
            Reply::Slow(time) => {
                std::thread::sleep(time);
                return;
            }
            Reply::Cut => return,
        };
        let answer = format!(
            "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\n{header}\r\n{body}",
            body.len()
        );
        if out.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, n)| n.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request { method, path, headers, body })
}
