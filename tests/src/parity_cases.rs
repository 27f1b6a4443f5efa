//! Prints random assessments with the native answer, one JSON pair a line; the browser tests hold
//! the answers of wasm in Node and Chromium against them, byte for byte.

use dabiao_catalog::builtin;
use dabiao_core::FigureKind;
use dabiao_core::standard::Level;
use dabiao_tests::Random;

/// How many assessments are printed.
const CASES: usize = 500;

fn main() -> Result<(), String> {
    let standards = builtin::standards().map_err(|error| error.to_string())?;
    let mut random = Random(500);
    for _ in 0..CASES {
        let document = random.pick(&standards).ok_or("no standards")?;
        let figures: Vec<_> = document
            .standard
            .figures()
            .iter()
            .filter_map(|figure| Some(serde_json::json!({ "id": figure.id, "text": text(&mut random, figure.kind)? })))
            .collect();
        let clauses = document.standard.clauses();
        let exempt: Vec<_> = (0..random.below(4))
            .filter_map(|_| Some(serde_json::json!({ "clause": random.pick(clauses)?.id, "reason": "不涉及" })))
            .collect();
        let readings: Vec<_> = clauses
            .iter()
            .filter(|clause| clause.readings.len() > 1)
            .filter_map(|clause| Some(serde_json::json!({ "clause": clause.id, "reading": random.pick(&clause.readings)?.id })))
            .collect();
        let levels: Vec<&str> = document.standard.levels().iter().map(Level::id).collect();
        let question = serde_json::json!({
            "standard": document.id,
            "level": random.pick(&levels),
            "figures": figures,
            "not_applicable": exempt,
            "readings": readings,
        })
        .to_string();
        let answer = dabiao_embed::score_json(&question);
        println!("{}", serde_json::json!({ "question": question, "answer": answer }));
    }
    Ok(())
}

/// A text as people type them, well or badly.
fn text(random: &mut Random, kind: FigureKind) -> Option<String> {
    if random.percent(20) {
        return None;
    }
    Some(match kind {
        FigureKind::YesNo => (*random.pick(&["是", "否", "yes", "no", "√", "?", "也许"])?).to_owned(),
        FigureKind::Number { .. } => {
            let number = format!("{}.{}", random.below(120), random.below(1000));
            match random.below(8) {
                0 => format!("{number}万"),
                1 => "１，０００".to_owned(),
                2 => format!("{}", 2018 + random.below(10)),
                3 => format!("1:{number}"),
                4 => format!("{number}%"),
                5 => (*random.pick(&["", "1.2.3", "-5", "abc", "99999999999999999999", "约5"])?).to_owned(),
                _ => number,
            }
        }
    })
}
