//! Holds standard files against the linter and prints what it finds, with the place in the file.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anyhow::{Context, Result, bail};
use dabiao_catalog::builtin;
use dabiao_lint::{Finding, Sentence, Severity, Shared, check, rules};

use crate::files;
use crate::workspace::Workspace;

/// What `cargo xtask lint-standards` can be told.
pub(crate) enum Options {
    /// Check these files; none means those of `seeds/standards`.
    Check(Vec<PathBuf>),
    /// Print the page of a rule.
    Explain(String),
}

impl Options {
    /// Reads the arguments.
    pub(crate) fn read(arguments: &[String]) -> Result<Self> {
        match arguments {
            [flag, rule] if flag == "--explain" => Ok(Self::Explain(rule.clone())),
            files if files.iter().any(|argument| argument.starts_with('-')) => {
                bail!("usage: lint-standards [file …] or lint-standards --explain <rule>")
            }
            files => Ok(Self::Check(files.iter().map(PathBuf::from).collect())),
        }
    }
}

/// Checks files, or explains a rule; whether nothing was found.
pub(crate) fn run(workspace: &Workspace, options: Options) -> Result<bool> {
    match options {
        Options::Check(files) if files.is_empty() => check_files(&files::all_below(&workspace.root().join("seeds/standards"))?),
        Options::Check(files) => check_files(&files),
        Options::Explain(id) => {
            let rule = rules::ALL.iter().find(|rule| rule.id == id);
            let rule = rule.with_context(|| format!("there is no rule `{id}`; there are {}", names()))?;
            println!("{}", rule.page);
            Ok(true)
        }
    }
}

fn names() -> String {
    rules::ALL.iter().map(|rule| rule.id).collect::<Vec<_>>().join(", ")
}

fn check_files(files: &[PathBuf]) -> Result<bool> {
    let (figures, documents) = builtin::shared();
    let shared = Shared::parse(figures, documents).context("the shared figures and documents")?;
    let language = Language::of_terminal();
    let mut out = io::stdout().lock();
    let mut count = 0;
    for file in files {
        let text = files::read_text(file)?;
        let findings = check(&text, &shared);
        for finding in &findings {
            writeln!(out, "{}\n", render(finding, &text, &file.display().to_string(), language))?;
        }
        count += findings.len();
        writeln!(
            out,
            "{}: {}",
            file.display(),
            if findings.is_empty() { "ok".to_owned() } else { format!("{} findings", findings.len()) }
        )?;
    }
    Ok(count == 0)
}

/// The language that findings are printed in.
#[derive(Clone, Copy)]
enum Language {
    Chinese,
    English,
}

impl Language {
    fn of_terminal() -> Self {
        let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let value = variables.iter().filter_map(|name| env::var(name).ok()).find(|value| !value.is_empty());
        if value.is_some_and(|value| value.starts_with("zh")) { Self::Chinese } else { Self::English }
    }

    fn pick(self, sentence: &Sentence) -> &str {
        match self {
            Self::Chinese => &sentence.zh,
            Self::English => &sentence.en,
        }
    }
}

fn render(finding: &Finding, text: &str, path: &str, language: Language) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let span = finding.span.start.min(text.len())..finding.span.end.min(text.len());
    let snippet = Snippet::source(text).path(path).annotation(AnnotationKind::Primary.span(span));
    let report = &[level
        .primary_title(language.pick(&finding.what))
        .id(finding.rule)
        .element(snippet)
        .element(Level::NOTE.message(language.pick(&finding.why)))
        .element(Level::HELP.message(language.pick(&finding.help)))];
    Renderer::plain().render(report).to_string()
}
