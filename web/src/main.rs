//! The page.

fn main() {
    dabiao_web::start();
}
