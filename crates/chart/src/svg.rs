//! A picture as an SVG file: for export, with its colours and fonts written into it.

use std::fmt::Write as _;

use crate::picture::{Anchor, Picture, Role, Shape};

/// Fonts that Chinese systems have; no font is ever shipped.
const FONTS: &str = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',SimSun,sans-serif";
/// Room for the title, in pixels.
const TITLE_HEIGHT: u32 = 44;

/// The SVG text of a picture, with a title above it.
#[must_use]
pub fn svg(picture: &Picture, title: &str, footer: &str) -> String {
    let height = picture.height.saturating_add(TITLE_HEIGHT).saturating_add(24);
    let width = picture.width;
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\">\
         <defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect width=\"6\" height=\"6\" fill=\"#c2410c\"/><rect width=\"2\" height=\"6\" fill=\"#fff\" fill-opacity=\".45\"/></pattern>\
         <pattern id=\"dots\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"#e2e5ea\"/>\
         <circle cx=\"3\" cy=\"3\" r=\"1.2\" fill=\"#6b7280\"/></pattern></defs>\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\
         <text x=\"12\" y=\"28\" font-size=\"18\" font-weight=\"600\" fill=\"#16202c\">{}</text>\
         <g transform=\"translate(0 {TITLE_HEIGHT})\">",
        escape(title)
    );
    for shape in &picture.shapes {
        write_shape(&mut out, shape);
    }
    let _ = write!(
        out,
        "</g><text x=\"12\" y=\"{}\" font-size=\"11\" fill=\"#5b6673\">{}</text></svg>",
        height.saturating_sub(8),
        escape(footer)
    );
    out
}

fn write_shape(out: &mut String, shape: &Shape) {
    let _ = match shape {
        Shape::Rect { ink, .. } | Shape::Polygon { ink, .. } | Shape::Circle { ink, .. } if ink.role == Role::Hit => Ok(()),
        Shape::Rect { x, y, width, height, ink } => {
            write!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", fill(ink.role))
        }
        Shape::Path { points, width, ink } => {
            let dashes = dashes(ink.role).map(|dashes| format!(" stroke-dasharray=\"{dashes}\"")).unwrap_or_default();
            write!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"{dashes}/>",
                list(points),
                stroke(ink.role)
            )
        }
        Shape::Polygon { points, ink } => {
            write!(out, "<polygon points=\"{}\" fill=\"{}\" fill-opacity=\".3\"/>", list(points), stroke(ink.role))
        }
        Shape::Circle { at, radius, ink } => {
            write!(out, "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" fill=\"{}\"/>", at.0, at.1, stroke(ink.role))
        }
        Shape::Text { at, anchor, size, text, ink } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            write!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{size}\" text-anchor=\"{anchor}\" dominant-baseline=\"central\" fill=\"{}\">{}</text>",
                at.0,
                at.1,
                stroke(ink.role),
                escape(text)
            )
        }
    };
}

/// The points of a line or polygon as an SVG attribute.
#[must_use]
pub fn list(points: &[(i32, i32)]) -> String {
    let mut out = String::new();
    for (x, y) in points {
        let _ = write!(out, "{x},{y} ");
    }
    out.truncate(out.trim_end().len());
    out
}

/// Lines are told apart without colour too.
fn dashes(role: Role) -> Option<&'static str> {
    match role {
        Role::Best => Some("5 3"),
        Role::Compound => Some("7 4"),
        Role::Projected => Some("2 4"),
        _ => None,
    }
}

fn fill(role: Role) -> &'static str {
    match role {
        Role::NotMet => "url(#hatch)",
        Role::Unknown => "url(#dots)",
        other => stroke(other),
    }
}

fn stroke(role: Role) -> &'static str {
    match role {
        Role::Met => "#0f766e",
        Role::NotMet => "#c2410c",
        Role::Unknown => "#9aa3ae",
        Role::NotApplicable => "#d4d8de",
        Role::Worst => "#0f766e",
        Role::Best | Role::Present => "#64748b",
        Role::ScenarioOne | Role::Linear => "#2563eb",
        Role::ScenarioTwo | Role::Projected => "#b45309",
        Role::ScenarioThree | Role::Compound => "#7e22ce",
        Role::ScenarioFour | Role::Actual => "#0f766e",
        Role::Grid => "#dfe3e8",
        Role::Track => "#e8ecf0",
        Role::Target => "#16202c",
        Role::Label => "#16202c",
        Role::Value => "#5b6673",
        Role::Hit => "none",
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use dabiao_core::Verdict;
    use dabiao_view::Locale;
    use dabiao_view::chart::{Bar, Chart};

    use super::*;
    use crate::{Drawable, Look};

    fn chart() -> Chart {
        let counts = vec![(Verdict::Met, 3), (Verdict::NotMet, 1), (Verdict::Unknown, 2), (Verdict::NotApplicable, 0)];
        Chart::Bars(vec![Bar { label: "<b>基础设施</b>".into(), counts }])
    }

    #[test]
    fn names_are_text_and_never_markup() {
        let picture = chart().draw(Look { width: 600, font: 13, hidden: &[], locale: Locale::Zh });
        let out = svg(&picture, "a & b", "");
        assert!(out.contains("&lt;b&gt;基础设施&lt;/b&gt;") && out.contains("a &amp; b") && !out.contains("<b>"));
    }

    #[test]
    fn hiding_a_role_removes_its_shapes_and_changes_the_scale() {
        let with = chart().draw(Look { width: 600, font: 13, hidden: &[], locale: Locale::Zh });
        let without = chart().draw(Look { width: 600, font: 13, hidden: &[Role::Unknown], locale: Locale::Zh });
        let has = |picture: &Picture, role| picture.shapes.iter().any(|shape| matches!(shape, Shape::Rect { ink, .. } if ink.role == role));
        assert!(has(&with, Role::Unknown) && !has(&without, Role::Unknown));
        assert!(has(&without, Role::Met));
        assert_eq!(with.marks.len(), 1);
    }
}
