//! Writes Word reports of every built-in standard and sample into a folder, to be looked at:
//! `cargo run -p dabiao-office --example write_reports -- <folder>`.

use std::error::Error;
use std::path::Path;

use dabiao_catalog::{Document, builtin};
use dabiao_core::{ClauseIndex, FigureIndex, FigureKind};
use dabiao_draft::{ClauseDraft, Draft, Evidence};
use dabiao_office::docx::write_docx;
use dabiao_office::report::{Made, PlanStep, PlanSummary, assessment_report};
use dabiao_view::Locale;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("say where to write")?;
    std::fs::create_dir_all(&folder)?;
    for bundle in builtin::bundles()? {
        let standard = &bundle.document.standard;
        write(&folder, &bundle.document, "empty", &Draft::empty(standard), None)?;
        for sample in &bundle.samples {
            write(&folder, &bundle.document, &sample.id, &Draft::of_sample(standard, sample), None)?;
        }
        let start = bundle.samples.first().map_or_else(|| Draft::empty(standard), |sample| Draft::of_sample(standard, sample));
        write(&folder, &bundle.document, "annotated", &annotated(&bundle.document, start), Some(plan()))?;
    }
    Ok(())
}

fn write(folder: &str, document: &Document, name: &str, draft: &Draft, plan: Option<PlanSummary>) -> Result<(), Box<dyn Error>> {
    for (locale, tag, date) in [(Locale::Zh, "zh", "2026年11月24日"), (Locale::En, "en", "24 November 2026")] {
        let made = Made { version: "0.1.0".into(), standard_hash: "0123456789".into(), date: date.into(), plan: plan.clone() };
        let report = assessment_report(document, draft, locale, &made);
        std::fs::write(Path::new(folder).join(format!("{}-{name}-{tag}.docx", document.id)), write_docx(&report)?)?;
    }
    Ok(())
}

/// With everything a person can add: some figures, a name, evidence, notes, exemptions, a slip.
fn annotated(document: &Document, mut draft: Draft) -> Draft {
    draft.title = "某县示例镇".into();
    draft.sample = None;
    for (number, figure) in (0_u32..).zip(document.standard.figures()) {
        let text = match (figure.kind, number % 5) {
            (_, 4) => continue,
            (FigureKind::YesNo, 0..=2) => "是",
            (FigureKind::YesNo, _) => "否",
            (FigureKind::Number { .. }, 0) => "12.5",
            (FigureKind::Number { .. }, 1) => "约很多",
            (FigureKind::Number { .. }, _) => "3",
        };
        if draft.text(FigureIndex(number)).is_empty() {
            draft.set_text(FigureIndex(number), text.into());
        }
    }
    for (number, clause) in (0_u32..).zip(document.standard.clauses()) {
        let reading = u8::from(clause.readings.len() > 1 && number % 2 == 0);
        let mut entry = ClauseDraft { reading, ..ClauseDraft::default() };
        match number % 11 {
            0 => entry.evidence = vec![evidence("关于加强基础设施建设的通知", "某政发〔2024〕12号"), evidence("现场照片", "")],
            3 => entry.note = "数据取自统计年鉴，待县统计局复核。".into(),
            7 => (entry.not_applicable, entry.reason) = (true, "辖区内没有此类设施，已报县主管部门备案。".into()),
            _ => {}
        }
        draft.set_clause(ClauseIndex(number), entry);
    }
    draft
}

fn evidence(name: &str, number: &str) -> Evidence {
    Evidence { name: name.into(), number: number.into(), date: "2024-06-30".into(), link: "档案室3号柜".into(), ..Evidence::default() }
}

fn plan() -> PlanSummary {
    let step = |measure: &str, time: &str| PlanStep {
        measure: measure.into(),
        department: "县住建局".into(),
        money: "120".into(),
        time: time.into(),
    };
    PlanSummary {
        sentences: vec!["2项措施，资金240 万元：达标50条变为52条。".into()],
        steps: vec![step("镇区人均道路面积 提高到 15 平方米/人", "2027年第1季度末"), step("完成：建成污水处理厂", "2027年第3季度末")],
    }
}
