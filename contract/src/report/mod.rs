//! What a run came to, in the form that a reader wants: one file a format.

mod archive;
mod github;
mod har;
mod html;
mod json;
mod junit;
mod saved;
mod terminal;
mod xml;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::probe::Outcome;
pub use archive::Archive;
pub use saved::{Baseline, Saved, SavedError};
pub use terminal::{Paint, plain};

/// A run that is to be reported.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// What the document is called: its path as it was given.
    pub document: &'a str,
    /// Where the API was served.
    pub base_url: &'a str,
    /// What came out.
    pub outcome: &'a Outcome,
}

/// A form that a report may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: findings by operation, and what was covered.
    Terminal,
    /// For tools: everything, with a version of its own.
    Json,
    /// For continuous integration: a suite an operation, a case a check.
    Junit,
    /// For a browser: one file to filter and read.
    Html,
    /// For GitHub Actions: an annotation a finding.
    Github,
    /// For viewers and for `replay`: the exchanges of the findings as an HTTP Archive.
    Har,
}

/// A report that is to be written: `json=FILE`, `html=FILE` and so on; the file `-` is the standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Its form.
    pub format: Format,
    /// The file.
    pub file: PathBuf,
}

impl Report<'_> {
    /// The report as text. Secrets are no part of an [`Outcome`], and so of no report.
    ///
    /// ```
    /// use bindery_contract::report::{Format, Report};
    /// # let outcome = bindery_contract::Outcome {
    /// #     findings: vec![], coverage: vec![], requests: 3, duration: std::time::Duration::ZERO, seed: 0,
    /// #     not_checked: vec![],
    /// # };
    /// let report = Report { document: "pets.yaml", base_url: "http://127.0.0.1:8080", outcome: &outcome };
    /// assert!(report.render(Format::Json).starts_with("{\n  \"schema_version\": 1"));
    /// ```
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Terminal => terminal::render(self, Paint::Plain),
            Format::Json => json::render(self),
            Format::Junit => junit::render(self),
            Format::Html => html::render(self),
            Format::Github => github::render(self),
            Format::Har => har::render(self),
        }
    }

    /// The report for a terminal that may show colours.
    pub fn paint(&self, paint: Paint) -> String {
        terminal::render(self, paint)
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "terminal" => Ok(Self::Terminal),
            "json" => Ok(Self::Json),
            "junit" => Ok(Self::Junit),
            "html" => Ok(Self::Html),
            "github" => Ok(Self::Github),
            "har" => Ok(Self::Har),
            _ => Err(format!(
                "`{text}` is no format; there are `github`, `har`, `html`, `json`, `junit` and `terminal`"
            )),
        }
    }
}

impl Destination {
    /// Whether it goes to the standard output.
    pub fn is_standard(&self) -> bool {
        self.file.as_os_str() == "-"
    }
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, file) = text
            .split_once('=')
            .filter(|(_, file)| !file.is_empty())
            .ok_or_else(|| format!("`{text}` is not `FORMAT=FILE`, such as `json=report.json`"))?;
        Ok(Self {
            format: format.parse()?,
            file: file.into(),
        })
    }
}

/// Shows the file.
impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.file.display().fmt(f)
    }
}

#[cfg(test)]
mod tests;
