//! The rules, each in a file of its own beside the page that explains it.

use std::ops::Range;

use dabiao_catalog::{FieldProblem, LoadError, Problem};
use serde_json::{Map, Value};

use crate::finding::{Finding, Sentence, Severity, say};
use crate::pass::Pass;
use crate::source::{NotToml, Source};

/// A rule.
pub struct Rule {
    /// Its name: kebab-case, for ever.
    pub id: &'static str,
    /// How bad a finding is.
    pub severity: Severity,
    /// What it looks for, why it matters and an example, as Markdown.
    pub page: &'static str,
    why: (&'static str, &'static str),
    pub(crate) check: fn(&Pass<'_>),
}

impl Rule {
    pub(crate) fn finding(&self, span: Range<usize>, what: Sentence, help: Sentence) -> Finding {
        let why = Sentence { zh: self.why.0.to_owned(), en: self.why.1.to_owned() };
        Finding { rule: self.id, severity: self.severity, span, what, why, help }
    }
}

/// Declares a rule and its module; the page stands beside the code.
macro_rules! rules {
    ($($constant:ident $module:ident $id:literal $severity:ident $zh:literal $en:literal;)+) => {
        $(mod $module;)+
        $(
            #[doc = concat!("`", $id, "`: ", $en)]
            pub static $constant: Rule = Rule {
                id: $id,
                severity: Severity::$severity,
                page: include_str!(concat!("rules/", stringify!($module), ".md")),
                why: ($zh, $en),
                check: $module::check,
            };
        )+

        /// Every rule.
        pub static ALL: &[&Rule] = &[$(&$constant,)+];
    };
}

rules! {
    UNREADABLE unreadable "unreadable" Error
        "读不懂的文件不能用来评估。" "A file that cannot be read cannot judge anything.";
    MISSING_LANGUAGE missing_language "missing-language" Error
        "页面有中文和英文两种，缺一种就会出现空白。" "The page speaks Chinese and English; where one is missing it would be blank.";
    UNKNOWN_NAME unknown_name "unknown-name" Error
        "指向不存在的东西，标准就打不开。" "The standard cannot be opened while something points at nothing.";
    UNKNOWN_FIGURE unknown_figure "unknown-figure" Error
        "没有这个数据，条款就无法判断。" "Without the figure the clause cannot be judged.";
    UNUSED_FIGURE unused_figure "unused-figure" Warning
        "填了也不影响任何条款，多半是拼写错误留下的。" "Filling it in would change nothing; usually a misspelling elsewhere left it behind.";
    UNUSED_NAME unused_name "unused-name" Warning
        "没有条款用到，多半是漏写或拼写错误。" "No clause uses it; usually something is missing or misspelt.";
    DUPLICATE_ID duplicate_id "duplicate-id" Error
        "保存的评估按编号找回，编号重复就会串。" "Saved assessments are found again by id; two of one id would be mixed up.";
    NUMBERING numbering "numbering" Warning
        "条款号跳号、重号，多半是漏录或错录了条款。" "A gap or repetition in the numbers usually means a clause is missing or wrong.";
    ID_STYLE id_style "id-style" Warning
        "编号发布后不能再改，一开始就要统一。" "Ids can never change once released, so they should be alike from the start.";
    MISSING_UNIT missing_unit "missing-unit" Error
        "没有单位的数无法比较。" "A number without a unit cannot be compared.";
    RULE_UNIT rule_unit "rule-unit" Error
        "数据的单位和规则对不上，判断就没有意义。" "When the unit does not fit the rule, the verdict means nothing.";
    FORMULA_UNITS formula_units "formula-units" Error
        "算式的单位不对，算出的数就不对。" "A formula whose units do not fit gives a wrong number.";
    FORMULA_CYCLE formula_cycle "formula-cycle" Error
        "数据绕一圈由自己推算，永远算不出来。" "A figure that follows from itself can never be worked out.";
    MIXED_SCOPE mixed_scope "mixed-scope" Warning
        "镇区不是镇域，县城不是全县：分子分母范围不同，比值就没有意义。" "A town seat is not the town, a county seat not the county: a quotient over two areas means nothing.";
    LEVEL_SCOPE level_scope "level-scope" Error
        "全省、全市、全县的总数，不能当作下一级的及格线。" "The total of a wider area is never the pass mark of a narrower level.";
    UNREACHABLE unreachable "unreachable" Error
        "怎么填都达不到的条款，等于写错了。" "A clause that nothing can meet must be a mistake.";
    TRIVIALLY_MET trivially_met "trivially-met" Error
        "怎么填都达标的条款，等于没有要求。" "A clause that anything meets asks for nothing.";
    OVERLAP overlap "overlap" Warning
        "重叠的部分永远不起作用，多半有一个数写错了。" "The overlapping part never matters; usually one number is wrong.";
    WRONG_DIRECTION wrong_direction "wrong-direction" Error
        "目标和方向相反，进展会被当成退步。" "With target and direction opposed, progress would count as decline.";
    BAD_YEAR bad_year "bad-year" Error
        "年份不合常理，期限和增速都会算错。" "With a wrong year, deadlines and growth rates come out wrong.";
    TWO_SPELLINGS two_spellings "two-spellings" Warning
        "同一个单位写成两样，按单位查看时就会分成两家。" "One unit in two spellings is split in two in the view by unit.";
    LEADS leads "leads" Error
        "牵头单位也是责任单位，每个单位只列一次。" "A lead is one of the responsible units, and each is listed once.";
    NUMBER_IN_NAME number_in_name "number-in-name" Warning
        "名称里的数和规则里的数不一致，必有一个错。" "When the number in the name and the one in the rule differ, one of them is wrong.";
    BOUNDARY_WORD boundary_word "boundary-word" Warning
        "民法典第一千二百五十九条：以上、以内包括本数，超过、不满不包括。" "Civil Code art. 1259: 以上 and 以内 include the number; 超过 and 不满 do not.";
    MISSING_MAXIMUM missing_maximum "missing-maximum" Warning
        "占比不会超过100%，没有上限就查不出填错的数。" "A share cannot exceed 100 %; without the maximum a wrong entry goes unnoticed.";
    SAME_READINGS same_readings "same-readings" Error
        "两种理解一模一样，就没有什么可选。" "Two readings that are the same leave nothing to choose.";
    SAME_NAME same_name "same-name" Warning
        "两个数据同名，填的人分不清该填哪个。" "With two figures of one name nobody knows which to fill in.";
    SAME_REQUIREMENT same_requirement "same-requirement" Warning
        "同一要求列成两条，会计两次。" "One requirement listed twice is counted twice.";
    WRONG_LANGUAGE wrong_language "wrong-language" Warning
        "中英文放错了位置，页面上就会显示错的语言。" "With the languages swapped the page shows the wrong one.";
    DAMAGED_TEXT damaged_text "damaged-text" Warning
        "乱码和多余的空格会原样出现在页面上。" "Garbled characters and stray spaces show on the page as they are.";
    LONE_CONDITION lone_condition "lone-condition" Warning
        "写了适用对象，却没有写为什么可以不适用。" "It says to whom it applies but not why it may not apply to others.";
    LONG_NAME long_name "long-name" Warning
        "名称太长，列表和图表里放不下。" "A long name does not fit lists and charts.";
    UNUSED_ALLOWANCE unused_allowance "unused-allowance" Warning
        "没用的许可会掩盖以后真正的问题。" "An allowance that allows nothing will hide a real finding later.";
}

/// The finding for a text that is not TOML.
pub(crate) fn not_toml(error: NotToml) -> Finding {
    let message = error.message;
    UNREADABLE.finding(
        error.span,
        say!("这不是TOML格式的文本：{message}", "this is not TOML: {message}"),
        say!("检查引号、括号和等号是否成对", "check quotes, brackets and equals signs"),
    )
}

/// The finding for a file of another shape than a standard's.
pub(crate) fn not_readable(source: &Source, error: &LoadError) -> Finding {
    let parent = match error.place().split_once(' ') {
        Some((kind, id)) => source.find(kind, id).unwrap_or_default(),
        None => String::new(),
    };
    let at = |field: &str| if parent.is_empty() { field.to_owned() } else { format!("{parent}.{field}") };
    let place = error.place();
    let (path, what, help) = match error.problem() {
        Problem::Other(problem) => (
            parent.clone(),
            say!("{place}：{problem}", "{place}: {problem}"),
            say!("对照 seeds/README.md 改正", "correct it by seeds/README.md"),
        ),
        Problem::Field { field, problem } => {
            let (what, help) = field_sentences(place, field, problem);
            (source.nearest(&at(field), field), what, help)
        }
    };
    UNREADABLE.finding(source.span(&path), what, help)
}

fn field_sentences(place: &str, field: &str, problem: &FieldProblem) -> (Sentence, Sentence) {
    let must =
        |zh: &str, en: &str| (say!("{place}：“{field}”应为{zh}", "{place}: `{field}` must be {en}"), say!("改成{zh}", "make it {en}"));
    match problem {
        FieldProblem::Missing => {
            (say!("{place}：缺少“{field}”", "{place}: `{field}` is missing"), say!("补上 {field} = …", "add `{field} = …`"))
        }
        FieldProblem::Unknown => (
            say!("{place}：这里没有“{field}”这个字段", "{place}: there is no field `{field}` here"),
            say!("检查拼写，或删去", "check the spelling, or remove it"),
        ),
        FieldProblem::NotText => must("文字（加引号）", "a text in quotes"),
        FieldProblem::NotTexts => must("文字的列表", "a list of texts"),
        FieldProblem::NotWhole => must("整数", "a whole number"),
        FieldProblem::NotFlag => must("true 或 false", "true or false"),
        FieldProblem::NotList => must("列表", "a list"),
        FieldProblem::NotTable => must("{ … } 形式的表", "a table { … }"),
        FieldProblem::NotDecimal(text, _) => (
            say!("{place}：“{field}”的“{text}”不是小数", "{place}: `{field} = \"{text}\"` is not a decimal number"),
            say!("只写半角数字和小数点，如 \"12.5\"", "write ASCII digits and a point only, such as \"12.5\""),
        ),
    }
}

/// A finding for every name that stands in one language only.
pub(crate) fn names_in_one_language(source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    collect_single_names(&source.value, "", &mut found);
    found
        .into_iter()
        .map(|(path, missing)| {
            let language = if missing == "zh" { ("中文", "Chinese") } else { ("英文", "English") };
            let (zh, en) = language;
            MISSING_LANGUAGE.finding(
                source.span(&path),
                say!("缺少{zh}", "the {en} is missing"),
                say!("补上 {missing} = \"…\"", "add `{missing} = \"…\"`"),
            )
        })
        .collect()
}

/// Rules that would find the text that stands in for a missing one.
pub(crate) const ABOUT_LANGUAGE: [&str; 3] = ["wrong-language", "same-name", "long-name"];

/// Whether a table is a document: its Chinese name is its printed `title`, and `en` no half of a pair.
fn is_document(fields: &Map<String, Value>) -> bool {
    fields.contains_key("title") && fields.contains_key("issuer")
}

/// The file with every text that stands in one language only in both.
pub(crate) fn with_both_languages(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            let pairs: &[(&str, &str)] = if is_document(fields) { &[] } else { &[("zh", "en"), ("en", "zh")] };
            for (from, to) in pairs.iter().copied() {
                let is_missing = fields.get(to).and_then(Value::as_str).is_none_or(|text| text.trim().is_empty());
                let text = fields.get(from).filter(|text| is_missing && text.is_string()).cloned();
                if let Some(text) = text {
                    fields.insert(to.to_owned(), text);
                }
            }
            fields.values_mut().for_each(|inner| *inner = with_both_languages(inner.take()));
        }
        Value::Array(items) => items.iter_mut().for_each(|inner| *inner = with_both_languages(inner.take())),
        _ => {}
    }
    value
}

fn collect_single_names(value: &Value, path: &str, found: &mut Vec<(String, &'static str)>) {
    let inner = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) => {
            let has = |name: &str| fields.get(name).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
            match (has("zh"), has("en")) {
                _ if is_document(fields) => {}
                (true, false) => found.push((path.to_owned(), "en")),
                (false, true) => found.push((path.to_owned(), "zh")),
                _ => {}
            }
            fields.iter().for_each(|(name, value)| collect_single_names(value, &inner(name), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| collect_single_names(value, &inner(&index.to_string()), found));
        }
        _ => {}
    }
}
