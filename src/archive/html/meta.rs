//! What a page says about itself: headline, publication date, address.

use serde_json::Value;

/// Metadata of a page.
#[derive(Debug, Default, Clone)]
pub(super) struct Meta {
    /// Headline as given for sharing (Open Graph, JSON-LD).
    pub(super) headline: Option<String>,
    /// The `<title>`: headline and often the site's name.
    pub(super) title: Option<String>,
    /// When the article was published, as the page writes it.
    pub(super) published: Option<String>,
    /// The first `<time>` that states a date by machine.
    pub(super) time: Option<String>,
    /// Absolute address of the page.
    pub(super) url: Option<String>,
}

type Values = [(Vec<u8>, String)];

/// Names of `<meta>` that hold the date of publication.
const PUBLISHED: [&str; 13] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "published_time",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "article.published",
    "sailthru.date",
];

fn get<'v>(values: &'v Values, name: &str) -> Option<&'v str> {
    let found = values.iter().find(|(n, _)| n == name.as_bytes())?;
    let value = found.1.trim();
    (!value.is_empty()).then_some(value)
}

impl Meta {
    /// Whether a script holds metadata.
    pub(super) fn is_metadata(values: &Values) -> bool {
        get(values, "type").is_some_and(|t| t.contains("ld+json"))
    }

    pub(super) fn add_meta(&mut self, values: &Values) {
        let Some(content) = get(values, "content") else { return };
        let name = get(values, "property")
            .or_else(|| get(values, "name"))
            .or_else(|| get(values, "itemprop"));
        let name = name.unwrap_or_default().to_ascii_lowercase();
        match name.as_str() {
            "og:title" => set(&mut self.headline, content),
            "og:url" => self.add_url(content),
            _ if PUBLISHED.contains(&name.as_str()) => {
                set(&mut self.published, content);
            }
            _ => {}
        }
    }

    pub(super) fn add_link(&mut self, values: &Values) {
        if get(values, "rel") == Some("canonical")
            && let Some(href) = get(values, "href")
        {
            // The canonical address outranks the one for sharing.
            self.url = None;
            self.add_url(href);
        }
    }

    fn add_url(&mut self, url: &str) {
        if url.starts_with("http://") || url.starts_with("https://") {
            set(&mut self.url, url);
        }
    }

    pub(super) fn add_time(&mut self, values: &Values) {
        let Some(time) = get(values, "datetime") else { return };
        match get(values, "itemprop") {
            Some("datePublished") => set(&mut self.published, time),
            _ => set(&mut self.time, time),
        }
    }

    pub(super) fn add_title(&mut self, text: &str) {
        set(&mut self.title, text);
    }

    /// JSON-LD: the first article's headline and date.
    pub(super) fn add_json(&mut self, text: &str) {
        // The parser itself refuses deep nesting.
        if let Ok(value) = serde_json::from_str::<Value>(text.trim()) {
            self.add_value(&value);
        }
    }

    fn add_value(&mut self, value: &Value) {
        match value {
            Value::Array(values) => {
                values.iter().for_each(|v| self.add_value(v));
            }
            Value::Object(object) => {
                let text =
                    |name: &str| object.get(name).and_then(Value::as_str);
                if let Some(date) = text("datePublished") {
                    set(&mut self.published, date);
                    if let Some(headline) = text("headline") {
                        set(&mut self.headline, headline);
                    }
                }
                if let Some(graph) = object.get("@graph") {
                    self.add_value(graph);
                }
            }
            _ => {}
        }
    }
}

/// The first statement counts.
fn set(field: &mut Option<String>, value: &str) {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if field.is_none() && !value.is_empty() {
        *field = Some(value);
    }
}
